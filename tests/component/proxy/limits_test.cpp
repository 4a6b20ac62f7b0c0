// Caps and rates hold, and the place of whoever left goes to the next.

#include <gmock/gmock.h>

#include "support/compartment.h"

namespace gw {
namespace {

using support::Compartment;
using support::TlsPeer;

class LimitsTest : public testing::Test {
 protected:
  Compartment box;
  std::vector<UniqueFd> silent;

  void knock(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) silent.push_back(support::connect_to(box.listener()));
    for (int i = 0; i < 20; ++i) box.round();
  }
  std::uint64_t turned_away() const {
    std::uint64_t count = 0;
    for (const Event* event : box.records(EventId::admission_limited))
      count += Compartment::number(*event, Field::count);
    return count;
  }
};

TEST_F(LimitsTest, a_source_over_its_rate_is_turned_away_and_counted) {
  box.publish([](model::Tenant& tenant) { tenant.limits.connections_per_source = 5; });
  knock(8);
  box.advance(std::chrono::seconds(1));
  EXPECT_EQ(turned_away(), 3u);
}

TEST_F(LimitsTest, a_tenant_over_its_rate_lets_newcomers_wait_for_the_next_second) {
  box.publish([](model::Tenant& tenant) { tenant.limits.connections = 3; });
  knock(5);
  TlsPeer terminal = box.connect(box.good_terminal());
  for (int i = 0; i < 50; ++i) {
    terminal.step();
    box.round();
  }
  EXPECT_FALSE(terminal.established());
  box.advance(std::chrono::seconds(1));
  EXPECT_TRUE(box.until([&] {
    terminal.step();
    return terminal.established();
  }));
  EXPECT_EQ(turned_away(), 0u);
}

TEST_F(LimitsTest, a_terminal_over_its_rate_is_refused) {
  box.publish([](model::Tenant& tenant) { tenant.limits.connections_per_terminal = 1; });
  TlsPeer first = box.connect(box.good_terminal()), second = box.connect(box.good_terminal());
  ASSERT_TRUE(box.until([&] {
    first.step();
    second.step();
    return !box.reasons().empty();
  }));
  EXPECT_THAT(box.reasons(), testing::ElementsAre("admission_limit"));
}

TEST_F(LimitsTest, a_source_over_its_sessions_is_turned_away) {
  box.publish([](model::Tenant& tenant) { tenant.limits.sessions_per_source = 2; });
  knock(3);
  box.advance(std::chrono::seconds(1));
  EXPECT_EQ(turned_away(), 1u);
}

TEST_F(LimitsTest, a_source_that_says_nothing_leaves_handshakes_to_the_others) {  // CAP-02
  box.publish([](model::Tenant& tenant) { tenant.limits.handshakes = 8; });
  knock(8);
  box.advance(std::chrono::seconds(1));
  EXPECT_EQ(turned_away(), 6u) << "a quarter of them is its share";
}

TEST_F(LimitsTest, a_full_tenant_lets_newcomers_wait_instead_of_turning_them_away) {
  box.publish([](model::Tenant& tenant) { tenant.limits.sessions = 3; });
  knock(3);
  TlsPeer terminal = box.connect(box.good_terminal());
  for (int i = 0; i < 50; ++i) {
    terminal.step();
    box.round();
  }
  EXPECT_FALSE(terminal.established());
  EXPECT_EQ(turned_away(), 0u);
  silent.clear();
  EXPECT_TRUE(box.until([&] {
    terminal.step();
    return terminal.established();
  }));
}

TEST_F(LimitsTest, a_terminal_over_its_sessions_is_refused) {
  box.publish([](model::Tenant& tenant) { tenant.limits.sessions_per_terminal = 1; });
  TlsPeer first = box.connect(box.good_terminal()), second = box.connect(box.good_terminal());
  ASSERT_TRUE(box.until([&] {
    first.step();
    second.step();
    return !box.reasons().empty();
  }));
  EXPECT_THAT(box.reasons(), testing::ElementsAre("admission_limit"));
}

TEST_F(LimitsTest, a_flood_of_refusals_is_counted_beyond_a_bounded_rate) {
  box.publish([](model::Tenant& tenant) {
    tenant.limits.connections = tenant.limits.connections_per_source = 1'000;
  });
  for (int i = 0; i < 150; ++i) support::connect_to(box.listener());
  ASSERT_TRUE(box.until([&] { return box.reasons().size() >= 100; }));
  for (int i = 0; i < 50; ++i) box.round();
  box.advance(std::chrono::seconds(1));
  EXPECT_EQ(box.reasons().size(), 100u);
  ASSERT_EQ(box.records(EventId::refusals_folded).size(), 1u);
  EXPECT_EQ(Compartment::number(*box.records(EventId::refusals_folded).front(), Field::count), 50u);
}

}  // namespace
}  // namespace gw
