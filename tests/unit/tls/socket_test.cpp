// One buffer lent to many sockets: whose bytes are whose, and in which order they leave.

#include "tls/socket.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

#include "support/loopback.h"
#include "support/manual_clock.h"

namespace gw::tls {
namespace {

using std::chrono::milliseconds;

/// The reactor and the buffers of a worker.
struct Workplace {
  support::ManualClock clock;
  std::unique_ptr<sys::Reactor> reactor = *sys::Reactor::make(clock);
  Scratch scratch;

  void round() { reactor->run_once(milliseconds(0)); }
};

/// A Socket and the far end of its connection, by hand.
class Line {
 public:
  explicit Line(Workplace& place) : Line(place, pair()) {}
  Line(Workplace& place, std::array<UniqueFd, 2> ends)
      : wake_(*place.reactor), far(std::move(ends[1])), socket(place.scratch, std::move(ends[0])) {
    EXPECT_TRUE(socket.attach(*place.reactor, wake_));
  }

 private:
  static std::array<UniqueFd, 2> pair() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), 0);
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
  }
  sys::Wake wake_;

 public:
  void say(const std::string& text) const {
    EXPECT_EQ(::write(far.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  /// All that has arrived at the far end.
  std::string heard() const {
    std::string text;
    std::array<char, 65'536> part;
    for (ssize_t size; (size = ::read(far.get(), part.data(), part.size())) > 0;)
      text.append(part.data(), static_cast<std::size_t>(size));
    return text;
  }
  bool far_end_is_over() const {
    char c;
    return ::recv(far.get(), &c, 1, MSG_PEEK) == 0;
  }
  std::string unread() const { return std::string(as_text(socket.unread())); }
  /// Takes what has come and reads all of it.
  std::string take() {
    socket.receive();
    const std::string text = unread();
    socket.consume(text.size());
    return text;
  }
  void put(const std::string& text) { socket.put(as_bytes(text)); }

  UniqueFd far;
  Socket socket;
};

std::string letters(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i * i / 7 % 26);
  return text;
}

class SocketTest : public testing::Test {
 protected:
  Workplace place;
  Line a{place}, b{place};
};

// ---------------------------------------------------------------- receiving

TEST_F(SocketTest, takes_all_that_has_come_at_once) {
  a.say(letters(100'000));
  ASSERT_TRUE(a.socket.receive());
  EXPECT_EQ(a.unread(), letters(100'000));
}

TEST_F(SocketTest, has_nothing_and_is_still_open_when_nothing_came) {
  EXPECT_FALSE(a.socket.receive());
  EXPECT_EQ(a.socket.state(), Socket::State::open);
  EXPECT_FALSE(a.socket.may_receive());
  a.say("later");
  place.round();
  EXPECT_TRUE(a.socket.may_receive());
  EXPECT_EQ(a.take(), "later");
}

TEST_F(SocketTest, keeps_its_leftover_in_order_when_another_needs_the_room) {
  a.say("first second ");
  ASSERT_TRUE(a.socket.receive());
  a.socket.consume(6);
  b.say("of b");
  EXPECT_EQ(b.take(), "of b");
  EXPECT_EQ(a.unread(), "second ");
  a.socket.consume(3);
  a.say("third");
  place.round();
  b.say("again");
  place.round();
  EXPECT_EQ(b.take(), "again");
  EXPECT_EQ(a.unread(), "ond ");
  a.socket.consume(4);
  EXPECT_EQ(a.take(), "third");
}

TEST_F(SocketTest, consumes_nothing_of_a_room_that_is_not_its_own) {
  b.say("of b");
  ASSERT_TRUE(b.socket.receive());
  a.socket.consume(0);
  a.socket.consume(a.socket.unread().size());
  EXPECT_EQ(b.unread(), "of b");
}

TEST_F(SocketTest, takes_its_leftover_with_it_when_it_goes) {
  auto gone = std::make_unique<Line>(place);
  gone->say("never read");
  ASSERT_TRUE(gone->socket.receive());
  gone.reset();
  a.say("of a");
  EXPECT_EQ(a.take(), "of a");
}

TEST_F(SocketTest, reads_ahead_behind_what_is_unread) {
  a.say("one ");
  ASSERT_TRUE(a.socket.receive_more());
  a.say("two ");
  place.round();
  ASSERT_TRUE(a.socket.receive_more());
  EXPECT_EQ(a.unread(), "one two ");
  b.say("of b");
  EXPECT_EQ(b.take(), "of b");
  a.say("three");
  place.round();
  ASSERT_TRUE(a.socket.receive_more());
  EXPECT_EQ(a.unread(), "one two three");
}

TEST_F(SocketTest, reads_ahead_without_losing_anything_when_nothing_came) {
  a.say("one ");
  ASSERT_TRUE(a.socket.receive_more());
  place.round();
  EXPECT_FALSE(a.socket.receive_more());
  EXPECT_FALSE(a.socket.receive_more());
  EXPECT_EQ(a.unread(), "one ");
  a.socket.consume(2);
  a.say("two");
  place.round();
  ASSERT_TRUE(a.socket.receive_more());
  EXPECT_EQ(a.unread(), "e two");
}

TEST_F(SocketTest, reads_ahead_through_more_than_one_step) {
  const std::string all = letters(50'000);
  a.say(all);
  while (a.socket.receive_more()) {
  }
  EXPECT_EQ(a.unread(), all);
}

TEST_F(SocketTest, knows_an_end_from_a_reset) {
  a.say("last words");
  a.far.reset();
  place.round();
  EXPECT_EQ(a.take(), "last words");
  EXPECT_FALSE(a.socket.receive());
  EXPECT_EQ(a.socket.state(), Socket::State::ended);
  EXPECT_FALSE(a.socket.may_receive());
}

// ---------------------------------------------------------------- sending

TEST_F(SocketTest, sends_what_is_put_when_it_is_flushed) {
  a.put("one ");
  a.put("two");
  EXPECT_EQ(a.heard(), "");
  a.socket.flush();
  EXPECT_EQ(a.heard(), "one two");
}

TEST_F(SocketTest, sends_what_it_holds_before_another_writes) {
  a.put("of a");
  b.put("of b");
  EXPECT_EQ(a.heard(), "of a");
  b.socket.flush();
  EXPECT_EQ(b.heard(), "of b");
}

TEST_F(SocketTest, keeps_what_the_peer_does_not_take_and_sends_it_in_order) {
  const std::string all = letters(2'000'000);
  a.put(all);
  a.socket.flush();
  EXPECT_FALSE(a.socket.drained());
  a.put("and more ");
  b.put("of b");
  b.socket.flush();
  a.put("and the end");
  std::string heard;
  for (int i = 0; i < 200 && !a.socket.drained(); ++i) {
    heard += a.heard();
    a.socket.flush();
  }
  heard += a.heard();
  EXPECT_TRUE(a.socket.drained());
  EXPECT_TRUE(heard == all + "and more and the end") << heard.size();
  EXPECT_EQ(b.heard(), "of b");
}

TEST_F(SocketTest, ends_its_direction_after_everything_queued_has_left) {
  const std::string all = letters(1'000'000);
  a.put(all);
  a.socket.shut_write();
  EXPECT_FALSE(a.socket.drained());
  std::string heard = a.heard();
  EXPECT_FALSE(a.far_end_is_over());
  for (int i = 0; i < 200 && !a.socket.drained(); ++i) {
    a.socket.flush();
    heard += a.heard();
  }
  EXPECT_TRUE(heard == all) << heard.size();
  EXPECT_TRUE(a.far_end_is_over());
}

TEST_F(SocketTest, ends_its_direction_at_once_when_nothing_is_queued_and_still_hears) {
  a.socket.shut_write();
  EXPECT_TRUE(a.far_end_is_over());
  a.say("still here");
  place.round();
  EXPECT_EQ(a.take(), "still here");
}

TEST_F(SocketTest, that_goes_with_bytes_on_their_way_leaves_nothing_to_the_next_writer) {
  auto gone = std::make_unique<Line>(place);
  gone->put("never sent");
  gone.reset();
  a.put("of a");
  a.socket.flush();
  EXPECT_EQ(a.heard(), "of a");
}

TEST_F(SocketTest, finds_out_when_sending_that_the_peer_is_gone_and_keeps_nothing) {
  a.far.reset();
  a.put(letters(1000));
  a.socket.flush();
  EXPECT_EQ(a.socket.state(), Socket::State::reset);
  EXPECT_TRUE(a.socket.drained());
  a.put(letters(1000));
  a.socket.flush();
  EXPECT_TRUE(a.socket.drained());
}

// ---------------------------------------------------------------- over TCP

/// A connected pair over loopback: near, far.
std::array<UniqueFd, 2> connected() {
  const support::LoopbackListener listener;
  UniqueFd far = support::connect_to(listener.endpoint);
  UniqueFd near;
  while (!near) near = support::accept_one(listener.fd.get());
  return {std::move(near), std::move(far)};
}

/// What a read at the far end says once there is something to say.
int end_of(int fd) {
  char c;
  while (true) {
    const ssize_t size = ::recv(fd, &c, 1, 0);
    if (size >= 0) return 0;
    if (errno != EAGAIN) return errno;
  }
}

TEST(TcpSocketTest, closes_with_an_end_unless_a_reset_is_asked_for) {
  Workplace place;
  auto calm = std::make_unique<Line>(place, connected());
  const UniqueFd hears_end(::dup(calm->far.get()));
  calm.reset();
  EXPECT_EQ(end_of(hears_end.get()), 0);

  auto harsh = std::make_unique<Line>(place, connected());
  const UniqueFd hears_reset(::dup(harsh->far.get()));
  harsh->socket.reset_on_close();
  harsh.reset();
  EXPECT_EQ(end_of(hears_reset.get()), ECONNRESET);
}

TEST(TcpSocketTest, tells_a_reset_of_the_peer) {
  Workplace place;
  Line line(place, connected());
  const linger now{1, 0};
  ::setsockopt(line.far.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  line.far.reset();
  place.round();
  EXPECT_FALSE(line.socket.receive());
  EXPECT_EQ(line.socket.state(), Socket::State::reset);
}

}  // namespace
}  // namespace gw::tls
