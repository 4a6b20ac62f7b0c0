// What is kept, by whom and how long (LOG-*, TIM-02).

#include <algorithm>

#include "accounts/permissions.h"
#include "control/findings/observed.h"

namespace gw::control::findings {
namespace {

using accounts::Operation;
using accounts::Role;

constexpr std::size_t kEvents = 0
#define GW_EVENT(name, id, level, sentence) +1
#define GW_FIELD(name, key, kind)
#include "base/events.def"
#undef GW_EVENT
#undef GW_FIELD
    ;
constexpr std::uint64_t kFewDays = 30, kYear = 365;
constexpr std::size_t kQuarters = 8;
constexpr std::chrono::minutes kSignedWithin{10};

void add_rights(Draft& out, Operation operation) {
  std::string roles;
  for (std::size_t i = 0; i < accounts::kRoles; ++i)
    if (accounts::may(static_cast<Role>(i), operation))
      roles.append(roles.empty() ? "" : ", ").append(accounts::japanese_of(static_cast<Role>(i)));
  out.row({std::string(accounts::japanese_of(operation)), roles.empty() ? "—" : roles});
}

/// When records were signed last.
Result<std::chrono::seconds> last_checkpoint(const Observed& seen) {
  GW_TRY(auto row,
         seen.around.store.database().prepare("SELECT time FROM checkpoints ORDER BY number DESC LIMIT 1"));
  GW_TRY(const bool is_there, row.step());
  return std::chrono::seconds(is_there ? row.number(0) : 0);
}

}  // namespace

Result<Finding> records_kinds(const Observed&) {
  return Draft(State::by_design)
      .say(Text::kinds_told, {text_of(kEvents)})
      .source(Text::src_software, "LOG-01")
      .take();
}

Result<Finding> records_chain(const Observed& seen) {
  const RecordStore& store = seen.around.store;
  const std::string last = text_of(store.last()), sealed = text_of(store.last_signed());
  if (store.last_signed() == 0)
    return Draft(State::unknown).say(Text::chain_unsigned).of_records(seen).take();
  GW_TRY(const auto time, last_checkpoint(seen));
  Draft out(State::shown);
  out.say(Text::chain_signed, {last, sealed, time_of(time)});
  if (store.last_signed() > store.last()) out.say(State::attention, Text::chain_cut, {last, sealed});
  if (store.last() > store.last_signed() && seen.now - CivilTime(time) > kSignedWithin)
    out.say(State::attention, Text::chain_stale);
  return out.of_records(seen).take();
}

Result<Finding> records_access(const Observed&) {
  Draft out(State::by_design);
  out.say(Text::access_told);
  out.columns({Text::col_rights, Text::col_role});
  add_rights(out, Operation::records_read);
  add_rights(out, Operation::records_export);
  return out.source(Text::src_software, "LOG-04").take();
}

Result<Finding> records_retention(const Observed& seen) {
  GW_TRY(const auto oldest, seen.around.store.oldest());
  GW_TRY(const Forecast forecast, seen.around.store.forecast(seen.now));
  Draft out(State::shown);
  out.say(Text::retention_told, {time_of(oldest.value_or(std::chrono::milliseconds(0)))});
  if (!forecast.days_left) return out.say(Text::space_steady).of_records(seen).take();
  if (*forecast.days_left >= kYear) return out.say(Text::space_years).of_records(seen).take();
  const bool is_short = *forecast.days_left < kFewDays;
  return out.say(is_short ? State::attention : State::shown, Text::space_days, {text_of(*forecast.days_left)})
      .of_records(seen)
      .take();
}

Result<Finding> records_review(const Observed& seen) {
  GW_TRY(const auto standings, seen.around.reviews.reviews().standings(kQuarters));
  GW_TRY(const auto open, seen.around.reviews.reviews().open());
  Draft out(State::shown);
  out.say(Text::reviews_done);
  if (!open.empty()) out.say(State::attention, Text::reviews_due, {text_of(open.size())});
  out.columns({Text::col_quarter, Text::col_standing, Text::col_until});
  for (const review::Standing& one : standings)
    out.row({one.quarter.to_text(), shown(to_string(one.state)), time_of(one.until)});
  return out.of_records(seen).take();
}

Result<Finding> records_export(const Observed& seen) {
  GW_TRY(const Lately records, lately(seen, EventId::records_exported));
  GW_TRY(const std::string since, watched_since(seen));
  Draft out(State::shown);
  out.say(Text::exports_told, {count_text(records.count), since});
  out.columns({Text::col_when, Text::col_by});
  for (const audit::Record& one : records.newest)
    out.row({time_of(one.time), text_in(one, Field::administrator)});
  return out.left_out(records.count - records.newest.size()).of_records(seen).take();
}

Result<Finding> records_clock(const Observed& seen) {
  if (!seen.sight.diagnosis.state.clock.is_right())
    return Draft(State::attention).say(Text::clock_wrong).take();
  const bool is_led = seen.sight.network.state.is_synchronised;
  return Draft(is_led ? State::shown : State::attention)
      .say(is_led ? Text::clock_right : Text::clock_loose)
      .source(Text::src_kernel, time_of(seen.now))
      .take();
}

}  // namespace gw::control::findings
