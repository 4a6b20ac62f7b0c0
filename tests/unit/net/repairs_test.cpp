#include "net/repairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "model/kernel_settings.h"

namespace gw::net {
namespace {

TEST(Repairs, are_bounded_in_number_and_length) {
  Repairs repairs;
  for (std::size_t i = 0; i < Repairs::kMost + 5; ++i) repairs.add(std::string(1'000, 'x'));
  EXPECT_EQ(repairs.texts().size(), Repairs::kMost);
  EXPECT_EQ(repairs.texts().front().size(), Repairs::kLongest);
  EXPECT_EQ(repairs.further(), 5u);
  EXPECT_EQ(repairs.count(), Repairs::kMost + 5);
}

TEST(Repairs, what_is_left_is_bounded_too_and_counts_as_no_repair) {
  Repairs repairs;
  for (std::size_t i = 0; i < Repairs::kMost + 5; ++i) repairs.leave(std::string(1'000, '\n'));
  EXPECT_EQ(repairs.left().size(), Repairs::kMost);
  EXPECT_EQ(repairs.left().front(), std::string(Repairs::kLongest, '?'));
  EXPECT_TRUE(repairs.empty());
  EXPECT_EQ(repairs.count(), 0u);
}

TEST(Repairs, carry_no_name_that_writes_to_a_terminal) {
  Repairs repairs;
  repairs.add(std::string_view("table \x1b[2J\n\0\xff is not ours", 25));
  EXPECT_EQ(repairs.texts().front(), "table ?[2J??? is not ours");
}

/// ISO-01, W1, W3, W6: the settings that no other wall replaces.
TEST(KernelSettings, hold_what_isolation_rests_on) {
  const std::pair<const char*, const char*> pillars[] = {
      {"ipv4/ip_forward", "0"},           {"ipv6/conf/*/forwarding", "0"},
      {"ipv6/conf/*/accept_ra", "0"},     {"ipv4/conf/*/accept_redirects", "0"},
      {"ipv4/conf/*/rp_filter", "1"},     {"ipv6/conf/*/accept_redirects", "0"},
      {"ipv4/conf/*/route_localnet", "0"}};
  for (const auto& [name, value] : pillars) {
    const auto found = std::find_if(std::begin(model::kKernelSettings), std::end(model::kKernelSettings),
                                    [&](const auto& setting) { return std::string(setting.name) == name; });
    ASSERT_NE(found, std::end(model::kKernelSettings)) << name;
    EXPECT_STREQ(found->value, value) << name;
  }
}

TEST(KernelSettings, each_has_its_reason) {
  for (const model::KernelSetting& setting : model::kKernelSettings)
    EXPECT_GT(std::string(setting.reason).size(), 10u) << setting.name;
}

}  // namespace
}  // namespace gw::net
