// Among very many idle sessions one closes, and nobody else notices.

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "bench/crowd.h"

namespace gw::bench {
namespace {

constexpr std::size_t kSessions = 2'000;
constexpr std::size_t kDescriptorsEach = 4;  // two legs, both ends in this process
constexpr std::size_t kDescriptorsBesides = 256;

/// Nothing to be read, no end, no reset: nobody has touched this connection.
bool is_untouched(support::TlsPeer& peer) {
  char c;
  return ::recv(SSL_get_fd(peer.ssl()), &c, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

class IdleCrowdTest : public testing::Test {
 protected:
  Crowd crowd;

  std::size_t records() const {
    std::size_t count = 0;
    for (std::uint16_t id = 0; id <= static_cast<std::uint16_t>(last_event()); ++id)
      count += crowd.box.records(static_cast<EventId>(id)).size();
    return count;
  }
  void expect_the_others_untouched(std::size_t but) {
    for (std::size_t i = 0; i < crowd.size(); ++i) {
      if (i == but) continue;
      ASSERT_TRUE(is_untouched(crowd[i].terminal)) << i;
      ASSERT_TRUE(is_untouched(crowd[i].cloud)) << i;
    }
  }
};

TEST_F(IdleCrowdTest, one_of_thousands_closes_and_nothing_else_moves) {
  const std::size_t room = (raise_descriptor_limit() - kDescriptorsBesides) / kDescriptorsEach;
  ASSERT_TRUE(crowd.open(std::min(kSessions, room))) << crowd.size();
  crowd.rest();
  const std::size_t before = records(), one = crowd.size() / 2;

  ASSERT_TRUE(crowd.close(crowd[one]));
  crowd.rest();
  EXPECT_EQ(records(), before + 1);
  ASSERT_EQ(crowd.box.records(EventId::session_closed).size(), 1u);
  const Event& closed = *crowd.box.records(EventId::session_closed).front();
  const Event& opened = *crowd.box.records(EventId::session_opened)[one];
  EXPECT_EQ(support::Compartment::number(closed, Field::session),
            support::Compartment::number(opened, Field::session));
  EXPECT_EQ(support::Compartment::text(closed, Field::reason), "finished");
  expect_the_others_untouched(one);

  const auto adopted = crowd.box.publish([](model::Tenant&) {});
  EXPECT_EQ(adopted.sessions_kept, crowd.size() - 1);
  EXPECT_EQ(adopted.sessions_closed, 0u);
  crowd.rest();
  expect_the_others_untouched(one);
  for (std::size_t i = 1; i < one; i += 20) ASSERT_TRUE(crowd.carries(crowd[i], "still here")) << i;
}

}  // namespace
}  // namespace gw::bench
