#include "ipc/channel.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <iterator>

#include "base/codec.h"

namespace gw::ipc {
namespace {

class ChannelTest : public testing::Test {
 protected:
  std::pair<Channel, Channel> ends = *Channel::pair();
  Channel& ours = ends.first;
  Channel& theirs = ends.second;

  /// Bytes as they are, as a hostile peer would send them.
  void send_raw(const std::vector<std::uint8_t>& bytes) {
    ASSERT_EQ(::send(theirs.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  static std::vector<std::uint8_t> header(std::uint16_t type, std::uint16_t reserved, std::uint32_t length) {
    Writer writer;
    std::uint64_t request = 0;
    writer.field(type);
    writer.field(reserved);
    writer.field(length);
    writer.field(request);
    return writer.take();
  }
  ErrorCode refusal() {
    const auto received = ours.receive();
    EXPECT_FALSE(received);
    return received ? ErrorCode::text_malformed : received.error().code;
  }
};

std::size_t open_descriptors() {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

TEST_F(ChannelTest, messages_arrive_whole_and_in_order) {
  for (std::uint64_t request = 0; request < 20; ++request) {
    const std::vector<std::uint8_t> body(request, static_cast<std::uint8_t>(request));
    ASSERT_TRUE(theirs.send(5, request, body));
  }
  for (std::uint64_t request = 0; request < 20; ++request) {
    auto frame = ours.receive();
    ASSERT_TRUE(frame && *frame);
    EXPECT_EQ((*frame)->type, 5);
    EXPECT_EQ((*frame)->request, request);
    EXPECT_EQ((*frame)->body.size(), request);
  }
}

TEST_F(ChannelTest, an_empty_channel_has_no_frame_and_no_error) {
  const auto received = ours.receive();
  ASSERT_TRUE(received);
  EXPECT_FALSE(*received);
}

TEST_F(ChannelTest, the_largest_body_passes) {
  const std::vector<std::uint8_t> body(kMaxBody, 0xa5);
  ASSERT_TRUE(theirs.send(1, 1, body));
  auto frame = ours.receive();
  ASSERT_TRUE(frame && *frame);
  EXPECT_EQ((*frame)->body, body);
}

TEST_F(ChannelTest, descriptors_arrive_open_and_close_on_exec) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  UniqueFd read_end(pipe[0]), write_end(pipe[1]);
  ASSERT_TRUE(theirs.send(1, 1, {}, {write_end.get()}));
  write_end.reset();
  auto frame = ours.receive();
  ASSERT_TRUE(frame && *frame);
  ASSERT_EQ((*frame)->fds.size(), 1u);
  const int received = (*frame)->fds[0].get();
  EXPECT_NE(::fcntl(received, F_GETFD) & FD_CLOEXEC, 0);
  ASSERT_EQ(::write(received, "x", 1), 1);
  char octet = 0;
  EXPECT_EQ(::read(read_end.get(), &octet, 1), 1);
}

TEST_F(ChannelTest, a_frame_shorter_than_its_header_is_malformed) {
  send_raw(std::vector<std::uint8_t>(15, 0));
  EXPECT_EQ(refusal(), ErrorCode::message_malformed);
}

TEST_F(ChannelTest, a_length_that_is_not_the_bodys_is_malformed) {
  send_raw(header(1, 0, 1));
  EXPECT_EQ(refusal(), ErrorCode::message_malformed);
}

TEST_F(ChannelTest, a_used_reserved_field_is_malformed) {
  send_raw(header(1, 1, 0));
  EXPECT_EQ(refusal(), ErrorCode::message_malformed);
}

TEST_F(ChannelTest, an_oversized_frame_is_cut_off_and_malformed) {
  auto bytes = header(1, 0, kMaxBody + 1);
  bytes.resize(bytes.size() + kMaxBody + 1);
  send_raw(bytes);
  EXPECT_EQ(refusal(), ErrorCode::message_malformed);
}

TEST_F(ChannelTest, descriptors_of_a_malformed_frame_are_closed) {
  const std::size_t before = open_descriptors();
  std::uint8_t octet = 0;
  iovec part{&octet, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = space.size();
  cmsghdr* control = CMSG_FIRSTHDR(&message);
  *control = {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS};
  const int passed = STDERR_FILENO;
  std::copy_n(reinterpret_cast<const char*>(&passed), sizeof passed,
              reinterpret_cast<char*>(CMSG_DATA(control)));
  ASSERT_EQ(::sendmsg(theirs.fd(), &message, 0), 1);
  EXPECT_EQ(refusal(), ErrorCode::message_malformed);
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(ChannelTest, a_closed_peer_is_told_to_reader_and_sender) {
  theirs.release();
  EXPECT_EQ(refusal(), ErrorCode::channel_closed);
  const auto sent = ours.send(1, 1, {});
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, ErrorCode::channel_closed);
}

TEST_F(ChannelTest, what_was_sent_before_the_end_is_still_read) {
  ASSERT_TRUE(theirs.send(9, 1, {}));
  theirs.release();
  auto frame = ours.receive();
  ASSERT_TRUE(frame && *frame);
  EXPECT_EQ((*frame)->type, 9);
  EXPECT_EQ(refusal(), ErrorCode::channel_closed);
}

TEST_F(ChannelTest, a_peer_that_does_not_read_blocks_nobody) {
  const std::vector<std::uint8_t> body(kMaxBody, 0);
  Result<> sent = Done{};
  for (int i = 0; i < 1000 && sent; ++i) sent = theirs.send(1, 1, body);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, ErrorCode::channel_would_block);
}

}  // namespace
}  // namespace gw::ipc
