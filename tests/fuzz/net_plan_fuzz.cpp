// What net-apply makes of a plan: one value, one form, and no name that leaves its quotes in the rule text.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "net/plan.h"
#include "net/ruleset.h"

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

/// Every quoted word of the rule text is a name that means nothing else there.
void expect_names_in_quotes_only(const gw::net::Plan& plan, gw::net::Role role) {
  const std::string text = gw::net::rules(plan, role);
  for (std::size_t at = text.find('"'); at != std::string::npos;) {
    const std::size_t end = text.find('"', at + 1);
    expect(end != std::string::npos && gw::is_interface_name(text.substr(at + 1, end - at - 1)));
    at = text.find('"', end + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes bytes(data, size);
  const auto plan = gw::decode<gw::net::Plan>(bytes);
  if (!plan) return 0;
  expect(std::ranges::equal(gw::encode(*plan), bytes));
  for (const auto role : {gw::net::Role::lan, gw::net::Role::wan, gw::net::Role::mgmt})
    expect_names_in_quotes_only(*plan, role);
  return 0;
}
