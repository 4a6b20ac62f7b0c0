#include "dial/endpoint_health.h"

#include <gtest/gtest.h>

#include <string>

#include "support/manual_clock.h"

namespace gw::dial {
namespace {

using model::Endpoint;
using std::chrono::seconds;

Endpoint endpoint(char name) {
  return {*model::IpAddress::parse("203.0.113." + std::to_string(name - 'a' + 1)), 443};
}

class EndpointHealthTest : public testing::Test {
 protected:
  support::ManualClock clock;
  EndpointHealth health;

  /// The order of a, b and c as a word.
  std::string order() {
    std::string word;
    for (const Endpoint& e : health.order({endpoint('a'), endpoint('b'), endpoint('c')}, clock.now()))
      word.push_back(static_cast<char>('a' + e.address.octets()[3] - 1));
    return word;
  }
  bool fail(char name) { return health.failed(endpoint(name), clock.now()); }
};

TEST_F(EndpointHealthTest, healthy_endpoints_keep_the_configured_order) { EXPECT_EQ(order(), "abc"); }

TEST_F(EndpointHealthTest, a_failed_endpoint_goes_behind_the_healthy_ones) {
  fail('a');
  EXPECT_EQ(order(), "bca");
}

TEST_F(EndpointHealthTest, when_all_failed_the_one_whose_pause_ends_first_leads) {
  fail('b');
  clock.advance(std::chrono::milliseconds(100));
  fail('a');
  clock.advance(std::chrono::milliseconds(100));
  fail('c');
  EXPECT_EQ(order(), "bac");
}

TEST_F(EndpointHealthTest, after_its_pause_the_preferred_endpoint_is_probed_at_its_place) {
  fail('a');
  clock.advance(EndpointHealth::kFirstPause);
  EXPECT_EQ(order(), "abc");
}

TEST_F(EndpointHealthTest, only_one_caller_a_pause_is_sent_to_probe) {
  fail('a');
  clock.advance(EndpointHealth::kFirstPause);
  EXPECT_EQ(order(), "abc");
  EXPECT_EQ(order(), "bca");
}

TEST_F(EndpointHealthTest, a_success_restores_the_preference) {
  fail('a');
  EXPECT_TRUE(health.succeeded(endpoint('a')));
  EXPECT_EQ(order(), "abc");
}

TEST_F(EndpointHealthTest, only_a_change_is_news) {
  EXPECT_FALSE(health.succeeded(endpoint('a')));
  EXPECT_TRUE(fail('a'));
  EXPECT_FALSE(fail('a'));
  EXPECT_TRUE(health.succeeded(endpoint('a')));
  EXPECT_FALSE(health.succeeded(endpoint('a')));
}

TEST_F(EndpointHealthTest, the_pause_doubles_up_to_a_minute) {
  for (const int expected : {1, 2, 4, 8, 16, 32, 60, 60}) {
    fail('a');
    clock.advance(seconds(expected) - std::chrono::nanoseconds(1));
    EXPECT_EQ(order(), "bca") << expected;
    clock.advance(std::chrono::nanoseconds(1));
    EXPECT_EQ(order(), "abc") << expected;
  }
}

TEST_F(EndpointHealthTest, memory_is_bounded_and_the_oldest_complaint_is_forgotten) {
  fail('a');
  clock.advance(std::chrono::milliseconds(1));
  for (std::size_t i = 0; i < EndpointHealth::kMaxRemembered; ++i)
    health.failed({*model::IpAddress::parse("198.51.100.1"), static_cast<std::uint16_t>(i + 1)}, clock.now());
  EXPECT_EQ(order(), "abc");
}

}  // namespace
}  // namespace gw::dial
