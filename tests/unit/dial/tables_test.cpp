#include "dial/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/codec.h"

namespace gw::dial {
namespace {

using model::Generation;

TablePtr table(std::uint64_t generation) {
  model::DialTable made;
  made.generation = Generation(generation);
  return std::make_shared<const model::DialTable>(std::move(made));
}

class TablesTest : public testing::Test {
 protected:
  Tables tables;

  void publish(std::uint64_t generation) {
    tables.stage(table(generation));
    ASSERT_TRUE(tables.commit(Generation(generation)));
  }
  bool serves(std::uint64_t generation) const { return tables.find(Generation(generation)) != nullptr; }
};

TEST_F(TablesTest, nothing_is_served_before_the_first_table) { EXPECT_FALSE(serves(0)); }

TEST_F(TablesTest, the_active_generation_and_the_one_before_are_served) {
  for (const std::uint64_t generation : {1, 2, 3}) publish(generation);
  EXPECT_TRUE(serves(3));
  EXPECT_TRUE(serves(2));
  EXPECT_FALSE(serves(1));
}

TEST_F(TablesTest, a_staged_generation_is_served_because_proxyd_may_hear_of_the_commit_first) {
  publish(1);
  tables.stage(table(2));
  EXPECT_TRUE(serves(2));
  EXPECT_EQ(tables.active()->generation, Generation(1));
}

TEST_F(TablesTest, an_abandoned_generation_is_not_served) {
  publish(1);
  tables.stage(table(2));
  tables.abandon();
  EXPECT_FALSE(serves(2));
  EXPECT_TRUE(serves(1));
}

TEST_F(TablesTest, only_what_is_staged_can_be_committed) {
  EXPECT_FALSE(tables.commit(Generation(1)));
  tables.stage(table(2));
  EXPECT_FALSE(tables.commit(Generation(1)));
  EXPECT_TRUE(tables.commit(Generation(2)));
  EXPECT_FALSE(tables.commit(Generation(2)));
}

model::DialTable good_table() {
  model::DialTable made;
  made.targets.push_back({model::ServiceId(0), model::Caller::proxyd, "cloud.example", 443, {}});
  made.targets.push_back(
      {model::ServiceId(1), model::Caller::proxyd, "", 443, {*model::IpAddress::parse("203.0.113.7")}});
  return made;
}

TEST(DecodeTableTest, a_consistent_table_is_taken) { EXPECT_TRUE(decode_table(encode(good_table()))); }

TEST(DecodeTableTest, an_id_that_is_not_its_position_is_refused) {
  auto made = good_table();
  made.targets[1].service = model::ServiceId(2);
  EXPECT_FALSE(decode_table(encode(made)));
}

TEST(DecodeTableTest, a_service_that_is_nowhere_is_refused) {
  for (const char* name : {"", "not a host", "a..b", "-a.example"}) {
    auto made = good_table();
    made.targets[0].server_name = name;
    EXPECT_FALSE(decode_table(encode(made))) << name;
  }
}

TEST(DecodeTableTest, an_ipv4_address_in_ipv6_clothes_is_refused) {
  auto octets = encode(good_table());
  // The fixed address is family, then sixteen octets: make it ::ffff:10.1.0.5 as no writer of ours would.
  const std::vector<std::uint8_t> fixed{203, 0, 113, 7};
  const auto at = std::search(octets.begin(), octets.end(), fixed.begin(), fixed.end());
  ASSERT_NE(at, octets.end());
  *(at - 1) = 1;
  const std::initializer_list<std::uint8_t> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 1, 0, 5};
  std::copy(mapped.begin(), mapped.end(), at);
  EXPECT_FALSE(decode_table(octets));
}

}  // namespace
}  // namespace gw::dial
