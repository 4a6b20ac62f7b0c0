// What net-apply makes of a plan: one value, one form, and no name that leaves its quotes in the rule text.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "net/plan.h"
#include "net/ruleset.h"

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

void expect_quotes_around_openings_only(const gw::net::Plan& plan, gw::net::Role role, std::size_t openings) {
  const std::string text = gw::net::rules(plan, role);
  expect(static_cast<std::size_t>(std::count(text.begin(), text.end(), '"')) == 2 * openings);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes bytes(data, size);
  const auto plan = gw::decode<gw::net::Plan>(bytes);
  if (!plan) return 0;
  expect(std::ranges::equal(gw::encode(*plan), bytes));
  expect_quotes_around_openings_only(*plan, gw::net::Role::lan, plan->lan.openings.size());
  expect_quotes_around_openings_only(*plan, gw::net::Role::wan, 0);
  expect_quotes_around_openings_only(*plan, gw::net::Role::mgmt, plan->mgmt.openings.size());
  return 0;
}
