#include "audit/line.h"

#include <vector>

namespace gw::audit {
namespace {

const char* to_string(ClockState clock) { return clock == ClockState::right ? "right" : "behind"; }

}  // namespace

std::string to_jst(CivilTime time) {
  std::string text = to_timestamp(time + std::chrono::hours(9));
  text.pop_back();  // Z
  return text + "+09:00";
}

Link link_of(const Link& before, std::string_view line) {
  std::vector<std::uint8_t> octets(before.begin(), before.end());
  octets.insert(octets.end(), line.begin(), line.end());
  return pki::sha256_of(octets);
}

std::string line_of(std::uint64_t number, const Record& record) {
  const std::string told = to_json_line(record.event, {to_jst(record.time), record.process, record.tenant});
  return "{\"number\":" + std::to_string(number) + ",\"clock_state\":\"" + to_string(record.clock) + "\"," +
         told.substr(1, told.size() - 2);  // without its brace and its newline
}

}  // namespace gw::audit
