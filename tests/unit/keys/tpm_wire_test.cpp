#include "keys/tpm_wire.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <optional>
#include <vector>

namespace gw::keys {
namespace {

using std::chrono::milliseconds;

/// The test is the TPM: it answers before it is asked, and the wire cannot tell.
class TpmWireTest : public testing::Test {
 protected:
  void SetUp() override {
    int ends[2] = {-1, -1};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    tpm_.reset(ends[0]);
    wire_.emplace(UniqueFd(ends[1]));
    wire_->set_patience(milliseconds(5));
  }
  void say(const std::vector<std::uint8_t>& octets) {
    ASSERT_EQ(::write(tpm_.get(), octets.data(), octets.size()), static_cast<ssize_t>(octets.size()));
  }
  bool ask() {
    const std::uint8_t command[] = {0x80, 0x01, 0, 0, 0, 10, 0, 0, 1, 0x44};
    return Tss2_Tcti_Transmit(wire_->tcti(), sizeof command, command) == TSS2_RC_SUCCESS;
  }
  /// The octets of the answer, none without one.
  std::size_t hear(std::size_t room = TPM2_MAX_RESPONSE_SIZE) {
    std::vector<std::uint8_t> answer(room);
    std::size_t size = room;
    return Tss2_Tcti_Receive(wire_->tcti(), &size, answer.data(), TSS2_TCTI_TIMEOUT_BLOCK) == TSS2_RC_SUCCESS
               ? size
               : 0;
  }

  UniqueFd tpm_;
  std::optional<TpmWire> wire_;
  const std::vector<std::uint8_t> good_{0x80, 0x01, 0, 0, 0, 10, 0, 0, 0, 0};
};

TEST_F(TpmWireTest, an_answer_is_handed_over_whole) {
  ASSERT_TRUE(ask());
  say(good_);
  EXPECT_EQ(hear(), 10u);
  EXPECT_TRUE(wire_->is_up());
}

TEST_F(TpmWireTest, a_device_serves_as_well_as_a_socket) {
  tpm_.reset(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  ASSERT_TRUE(::grantpt(tpm_.get()) == 0 && ::unlockpt(tpm_.get()) == 0);
  UniqueFd device(::open(::ptsname(tpm_.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
  termios raw{};
  ::cfmakeraw(&raw);
  ASSERT_EQ(::tcsetattr(device.get(), TCSANOW, &raw), 0);
  wire_.emplace(std::move(device));
  wire_->set_patience(milliseconds(500));
  ASSERT_TRUE(ask());
  std::uint8_t command[16];
  EXPECT_EQ(::read(tpm_.get(), command, sizeof command), 10);
  say(good_);
  EXPECT_EQ(hear(), 10u);
}

TEST_F(TpmWireTest, silence_takes_it_down_for_good) {
  ASSERT_TRUE(ask());
  EXPECT_EQ(hear(), 0u);
  EXPECT_FALSE(wire_->is_up());
  EXPECT_EQ(wire_->why_down(), "the TPM did not answer within 5 ms");
  EXPECT_FALSE(ask());
  EXPECT_EQ(hear(), 0u);
}

TEST_F(TpmWireTest, half_an_answer_takes_it_down) {
  ASSERT_TRUE(ask());
  say({good_.begin(), good_.begin() + 9});
  EXPECT_EQ(hear(), 0u);
  EXPECT_FALSE(wire_->is_up());
}

TEST_F(TpmWireTest, an_end_takes_it_down_and_sends_no_signal) {
  tpm_.reset();
  ask();
  EXPECT_EQ(hear(), 0u);
  EXPECT_FALSE(wire_->is_up());
}

TEST_F(TpmWireTest, impossible_sizes_take_it_down) {
  for (const std::vector<std::uint8_t>& size : std::vector<std::vector<std::uint8_t>>{
           {0, 0, 0, 0}, {0, 0, 0, 9}, {0, 0, 0x10, 1}, {0xff, 0xff, 0xff, 0xff}}) {
    SetUp();
    ASSERT_TRUE(ask());
    std::vector<std::uint8_t> answer = good_;
    std::copy(size.begin(), size.end(), answer.begin() + 2);
    say(answer);
    EXPECT_EQ(hear(), 0u);
    EXPECT_FALSE(wire_->is_up());
  }
}

TEST_F(TpmWireTest, more_than_one_answer_takes_it_down) {
  ASSERT_TRUE(ask());
  std::vector<std::uint8_t> answer = good_;
  answer.push_back(0);
  say(answer);
  EXPECT_EQ(hear(), 0u);
  EXPECT_EQ(wire_->why_down(), "the TPM said more than its answer");
}

TEST_F(TpmWireTest, a_descriptor_that_is_none_is_down_from_the_start) {
  TpmWire none{UniqueFd()};
  EXPECT_FALSE(none.is_up());
}

}  // namespace
}  // namespace gw::keys
