#include "control/refusals.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "audit/line_members.h"
#include "base/text.h"

namespace gw::control {
namespace {

/// An event that means a refusal: what it is counted as, and which field says why.
struct Kind {
  EventId event, counted_as;
  std::optional<Field> reason;
};
constexpr Kind kKinds[] = {
    {EventId::session_refused, EventId::session_refused, Field::reason},
    {EventId::refusals_folded, EventId::session_refused, {}},
    {EventId::admission_limited, EventId::admission_limited, {}},
    {EventId::packet_refused, EventId::packet_refused, Field::reason},
    {EventId::packets_folded, EventId::packet_refused, Field::reason},
    {EventId::scan_of_ports, EventId::scan_of_ports, Field::reason},
    {EventId::scan_of_addresses, EventId::scan_of_addresses, Field::reason},
    {EventId::second_path_seen, EventId::second_path_seen, Field::finding},
    {EventId::second_path_folded, EventId::second_path_seen, Field::finding},
    {EventId::enrolment_refused, EventId::enrolment_refused, Field::detail},
    {EventId::enrolment_shunned, EventId::enrolment_shunned, Field::detail},
    {EventId::enrolments_folded, EventId::enrolment_refused, {}},
    {EventId::web_refused, EventId::web_refused, Field::detail},
    {EventId::web_shunned, EventId::web_shunned, Field::detail},
    {EventId::web_folded, EventId::web_refused, {}},
};

/// Records are not written down while others are looked for.
constexpr std::chrono::milliseconds kMostSearch{500};
constexpr std::uint64_t kMostLookedAt = 10'000;

constexpr const char* kColumns = "SELECT number, at, tenant, event, line FROM records";
constexpr const char* kBounds =
    " AND number >= (SELECT number FROM records WHERE at >= ?1 ORDER BY at LIMIT 1)"
    " AND number <= (SELECT number FROM records WHERE at < ?2 ORDER BY at DESC LIMIT 1)";
constexpr const char* kTimes = " AND at >= ?1 AND at < ?2";

std::string quoted(EventId event) { return "'" + std::string(to_string(event)) + "'"; }

/// One pass over the index of each event, put together in their order: it ends with the last that is wanted.
std::string question_of_all() {
  std::string out;
  for (const Kind& kind : kKinds)
    out.append(out.empty() ? "" : " UNION ALL ")
        .append(kColumns)
        .append(" INDEXED BY records_by_event WHERE event = " + quoted(kind.event))
        .append(kBounds)
        .append(kTimes);
  return out + " ORDER BY number DESC LIMIT ?3";
}

std::string question_of_terminal() {
  std::string events;
  for (const Kind& kind : kKinds) events.append(events.empty() ? "" : ", ").append(quoted(kind.event));
  return std::string(kColumns) + " INDEXED BY records_by_terminal WHERE terminal = ?4 AND terminal <> ''" +
         kTimes + " AND event IN (" + events + ") ORDER BY at DESC LIMIT ?3";
}

std::string value_of(const std::vector<audit::LineMember>& members, Field field) {
  const auto found = std::ranges::find(members, key_of(field), &audit::LineMember::name);
  return found == members.end() ? std::string() : found->value;
}

std::string either(std::string first, std::string second) { return first.empty() ? second : first; }

/// "tls_version: what it offered" is the same reason as "tls_version: something else".
std::string stem_of(const std::string& reason) { return reason.substr(0, reason.find(": ")); }

std::uint64_t count_of(const std::vector<audit::LineMember>& members) {
  const auto count = parse_decimal(value_of(members, Field::count));
  return count ? *count : 1;
}

}  // namespace

void RefusalGroups::take(const Row& row) {
  const auto kind =
      std::ranges::find(kKinds, row.event, [](const Kind& one) { return to_string(one.event); });
  const auto members = audit::members_of(row.line);
  if (kind == std::end(kKinds) || !members) return;
  RefusalGroup group{.event = kind->counted_as, .first = row.at, .last = row.at, .record = row.number};
  group.tenant = either(std::string(row.tenant), value_of(*members, Field::tenant));
  group.terminal = value_of(*members, Field::terminal);
  if (group.terminal.empty())
    group.source = either(value_of(*members, Field::source), value_of(*members, Field::mac));
  if (kind->reason) group.reason = stem_of(value_of(*members, *kind->reason));
  if (!query_.tenant.empty() && group.tenant != query_.tenant) return;
  const Key key{group.tenant, group.terminal, group.source, group.event, group.reason};
  const auto known = places_.find(key);
  if (known == places_.end() && groups_.size() == kMost) {
    is_cut_ = true;
    return;
  }
  const std::size_t place = known == places_.end() ? groups_.size() : known->second;
  if (known == places_.end()) {
    places_.emplace(key, place);
    groups_.push_back(std::move(group));
  }
  RefusalGroup& into = groups_[place];
  into.count += count_of(*members);
  into.first = std::min(into.first, row.at);
}

Result<Refusals> refusals_of(store::Database& database, const RefusalQuery& query) {
  const std::string sql = query.terminal.empty() ? question_of_all() : question_of_terminal();
  GW_TRY(auto question, database.prepare(sql.c_str()));
  question.bind(1, static_cast<std::uint64_t>(query.from.count()));
  question.bind(2, query.until.count() > 0 ? static_cast<std::uint64_t>(query.until.count()) : INT64_MAX);
  question.bind(3, kMostLookedAt);
  if (!query.terminal.empty()) question.bind(4, std::string_view(query.terminal));
  const store::Deadline deadline(database, kMostSearch);
  RefusalGroups groups(query);
  Refusals out{.since = query.from};
  std::uint64_t looked_at = 0;
  for (std::chrono::milliseconds at{0};; ++looked_at) {
    GW_TRY(const bool is_there, question.step());
    if (!is_there && looked_at == kMostLookedAt) out.since = at;
    if (!is_there) break;
    at = std::chrono::milliseconds(question.number(1));
    groups.take({question.number(0), at, question.text(2), question.text(3), question.text(4)});
  }
  out.is_cut = groups.is_cut() || looked_at == kMostLookedAt;
  out.groups = groups.groups();
  return out;
}

}  // namespace gw::control
