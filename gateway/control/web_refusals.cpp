// Who is turned away, and why (IDS-01): the records of it, by device and reason.

#include "base/json.h"
#include "control/refusals.h"
#include "control/web_errands.h"

namespace gw::control::web {
namespace {

constexpr std::chrono::hours kUsual{7 * 24};

std::string time_of(std::chrono::milliseconds since) { return time_text(CivilTime(since)); }

std::string json_of(const RefusalGroup& group) {
  JsonObject out;
  out.text("tenant", group.tenant);
  if (!group.terminal.empty()) out.text("terminal", group.terminal);
  if (!group.source.empty()) out.text("source", group.source);
  return out.text("event", to_string(group.event))
      .text("reason", group.reason)
      .number("count", group.count)
      .text("first", time_of(group.first))
      .text("last", time_of(group.last))
      .number("record", group.record)
      .take();
}

}  // namespace

Result<WebAnswer> refusals_list(const WebAsk& ask, const WebAround& around) {
  using std::chrono::milliseconds;
  const auto now = std::chrono::floor<milliseconds>(around.clock.civil_now().time_since_epoch());
  const auto usual = static_cast<std::uint64_t>((now - kUsual).count());
  const RefusalQuery query{milliseconds(ask.number(0, usual)), milliseconds(ask.number(1, 0)),
                           std::string(ask.text(2)), std::string(ask.text(3))};
  GW_TRY(const Refusals found, refusals_of(around.store.database(), query));
  const auto to_json = [](const RefusalGroup& group) { return json_of(group); };
  return WebAnswer{.json = JsonObject()
                               .raw("refusals", json_each(found.groups, to_json))
                               .text("since", time_of(found.since))
                               .flag("is_cut", found.is_cut)
                               .take()};
}

}  // namespace gw::control::web
