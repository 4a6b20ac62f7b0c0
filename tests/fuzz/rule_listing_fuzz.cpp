// What net-apply reads back from libnftables. A listing that passes shows every chain and element asked for.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "net/repairs.h"
#include "net/rule_listing.h"

namespace {

const gw::net::RuleSet& wanted() {
  using gw::net::Lookup;
  using gw::net::Policy;
  static const gw::net::RuleSet rules = {
      {{"doors", "ipv4_addr", Lookup::interval, {"192.0.2.1", "10.0.0.0/8", "172.16.0.0/12"}}},
      {{"input", "input", 0, Policy::drop, {"ip saddr @doors accept", "counter drop"}}}};
  return rules;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view listing = gw::as_text({data, size});
  gw::net::Repairs repairs;
  gw::net::compare(wanted(), {std::string(listing), std::string(listing)}, repairs);
  if (!repairs.empty()) return 0;
  for (const char* must : {"10.0.0.0/8", "172.16.0.0/12", "192.0.2.1", "hook input priority 0; policy drop;"})
    if (listing.find(must) == std::string_view::npos) std::abort();
  return 0;
}
