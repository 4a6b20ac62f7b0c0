#include "dial/dns_cache.h"

#include <gtest/gtest.h>

#include "support/manual_clock.h"

namespace gw::dial {
namespace {

using std::chrono::seconds;

const Addresses kSomewhere{*model::IpAddress::parse("203.0.113.7")};
const std::string kName = "cloud.example";

class DnsCacheTest : public testing::Test {
 protected:
  support::ManualClock clock;
  DnsCache cache;

  std::optional<Addresses> find() const { return cache.find(kName, clock.now()); }
  Addresses stale() const { return cache.stale(kName, clock.now()); }
};

TEST_F(DnsCacheTest, an_answer_counts_until_its_ttl_and_no_longer) {
  cache.found(kName, kSomewhere, seconds(60), clock.now());
  clock.advance(seconds(60) - std::chrono::nanoseconds(1));
  EXPECT_EQ(find(), kSomewhere);
  clock.advance(std::chrono::nanoseconds(1));
  EXPECT_FALSE(find());
}

TEST_F(DnsCacheTest, a_ttl_is_kept_between_five_seconds_and_an_hour) {
  for (const auto& [ttl, kept] : {std::pair{seconds(0), seconds(5)}, {seconds(86'400), seconds(3'600)}}) {
    cache.found(kName, kSomewhere, ttl, clock.now());
    clock.advance(kept - seconds(1));
    EXPECT_TRUE(find()) << ttl.count();
    clock.advance(seconds(1));
    EXPECT_FALSE(find()) << ttl.count();
  }
}

TEST_F(DnsCacheTest, when_no_resolver_answers_addresses_count_for_ten_minutes_more) {
  cache.found(kName, kSomewhere, seconds(60), clock.now());
  clock.advance(seconds(61));
  cache.unreachable(kName, clock.now());
  EXPECT_EQ(find(), kSomewhere);
  clock.advance(seconds(5));
  EXPECT_FALSE(find()) << "the resolvers are to be asked again";
  clock.advance(seconds(593));
  EXPECT_EQ(stale(), kSomewhere);
  clock.advance(seconds(1));
  cache.unreachable(kName, clock.now());
  EXPECT_EQ(find(), Addresses{});
}

TEST_F(DnsCacheTest, no_such_name_ends_old_addresses_at_once) {
  cache.found(kName, kSomewhere, seconds(60), clock.now());
  cache.absent(kName, seconds(60), clock.now());
  EXPECT_EQ(find(), Addresses{});
  EXPECT_EQ(stale(), Addresses{});
}

TEST_F(DnsCacheTest, what_found_nothing_is_asked_again_after_five_seconds_at_most) {
  for (const auto& [ttl, kept] :
       {std::pair{seconds(0), seconds(1)}, {seconds(3), seconds(3)}, {seconds(900), seconds(5)}}) {
    cache.absent(kName, ttl, clock.now());
    clock.advance(kept - seconds(1));
    EXPECT_TRUE(find()) << ttl.count();
    clock.advance(seconds(1));
    EXPECT_FALSE(find()) << ttl.count();
  }
}

}  // namespace
}  // namespace gw::dial
