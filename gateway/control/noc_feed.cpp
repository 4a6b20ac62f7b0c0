#include "control/noc_feed.h"

#include <algorithm>
#include <array>
#include <optional>

#include "audit/read_line.h"
#include "changes/outcomes.h"
#include "control/noc_text.h"
#include "detect/writers.h"

namespace gw::control {
namespace {

using metrics::FamilyId;
using spool::Class;

constexpr std::size_t kMostUndone = 20;
/// Nothing takes longer that is a figure: whoever writes so lies, and a sum of such is none.
constexpr std::uint64_t kLongest =
    static_cast<std::uint64_t>(std::chrono::milliseconds(std::chrono::days(30)).count());

const Event::Entry* find(const Event& event, Field field) {
  const auto found = std::ranges::find(event.entries(), field, &Event::Entry::field);
  return found == event.entries().end() ? nullptr : &*found;
}

std::string text_in(const Event& event, Field field) {
  const Event::Entry* entry = find(event, field);
  return entry == nullptr ? std::string() : entry->text;
}

double number_in(const Event& event, Field field, double otherwise) {
  const Event::Entry* entry = find(event, field);
  return entry == nullptr ? otherwise : static_cast<double>(entry->number);
}

std::optional<std::chrono::milliseconds> milliseconds_in(const Event& event, Field field) {
  const Event::Entry* entry = find(event, field);
  if (entry == nullptr || entry->number > kLongest) return std::nullopt;
  return std::chrono::milliseconds(entry->number);
}

std::chrono::milliseconds milliseconds_of(CivilTime time) {
  return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
}

}  // namespace

std::optional<Class> told_as(EventId event) {
  const model::RecordClass of = model::class_of(event);
  if (of == model::RecordClass::administration) return Class::audit;
  if (of == model::RecordClass::connection && level_of(event) == Level::info) return std::nullopt;
  return Class::events;
}

Result<> NocFeed::begin() {
  remember_undone();
  if (spool_.mark() != 0) return Done{};
  return spool_.put({}, store_.last());
}

void NocFeed::observe(FamilyId histogram, std::optional<std::chrono::milliseconds> took) {
  if (took) ledger_.observe(histogram, *took);
}

/// The handshakes are what is left of the way to a service without the dial.
void NocFeed::count_opening(const Event& event, const std::string& tenant) {
  const auto whole = milliseconds_in(event, Field::handshake_ms),
             dial = milliseconds_in(event, Field::dial_ms), name = milliseconds_in(event, Field::resolve_ms);
  observe(FamilyId::dial_duration, dial);
  if (!whole) return;
  observe(FamilyId::handshake_duration, *whole - std::min(*whole, dial.value_or(whole->zero())));
  if (dial)
    paths_.note({text_in(event, Field::service), tenant}, *whole, *dial, name.value_or(whole->zero()));
}

/// Not one that somebody wanted undone, or that a compartment could not use.
void NocFeed::note_undone(const audit::Record& record) {
  if (!detect::is_listened_to(record)) return;
  if (text_in(record.event, Field::reason) != changes::kTooLate) return;
  const auto at = static_cast<double>(milliseconds_of(record.time).count()) / 1'000;
  ledger_.set(FamilyId::change_undone, {}, at);
}

/// The oldest first, so that the newest stands. Where they cannot be looked up now nobody has to wait for
/// that.
void NocFeed::remember_undone() {
  model::RecordQuery query;
  query.event = to_string(EventId::change_rolled_back);
  auto found = store_.find(query, UINT64_MAX, kMostUndone);
  if (!found) return;
  std::ranges::reverse(*found);
  for (const RecordStore::Found& one : *found)
    if (const auto read = audit::read_line(one.line)) note_undone(read->record);
}

/// Whoever was taken over calls nobody by what another alone may write.
void NocFeed::count(const audit::Record& record) {
  if (!detect::is_listened_to(record)) return;
  const Event& event = record.event;
  switch (event.id()) {
    case EventId::session_opened:
      return count_opening(event, record.tenant);
    case EventId::change_rolled_back:
      return note_undone(record);
    case EventId::session_closed:
      ledger_.add(FamilyId::sessions_ended, {text_in(event, Field::reason)});
      observe(FamilyId::first_octet_duration, milliseconds_in(event, Field::first_octet_ms));
      observe(FamilyId::session_duration, milliseconds_in(event, Field::duration_ms));
      ledger_.add(FamilyId::session_bytes, {"up", record.tenant}, number_in(event, Field::bytes_up, 0));
      return ledger_.add(FamilyId::session_bytes, {"down", record.tenant},
                         number_in(event, Field::bytes_down, 0));
    case EventId::session_refused:
      return ledger_.add(FamilyId::refusals, {text_in(event, Field::reason), record.tenant});
    case EventId::refusals_folded:
      return ledger_.add(FamilyId::refusals, {"folded", record.tenant}, number_in(event, Field::count, 0));
    case EventId::packet_refused:
      return ledger_.add(FamilyId::packets_refused, {});
    case EventId::packets_folded:
      return ledger_.add(FamilyId::packets_refused, {}, number_in(event, Field::count, 0));
    case EventId::process_started:
      return ledger_.add(FamilyId::process_starts, {text_in(event, Field::name)});
    default:
      return;
  }
}

Result<bool> NocFeed::go_on(const std::string& site) {
  if (spool_.mark() >= store_.last()) return true;
  GW_TRY(const auto kept, store_.read(spool_.mark() + 1, kMostAtOnce));
  if (kept.empty()) return true;
  std::array<std::uint64_t, spool::kClasses> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    GW_TRY(const spool::Tally tally, spool_.tally(static_cast<Class>(i)));
    numbers[i] = tally.last;
  }
  std::vector<spool::Item> items;
  std::vector<audit::Record> counted;
  for (const RecordStore::Kept& one : kept) {
    auto read = audit::read_line(one.line);
    if (!read) continue;  // of a version that comes after this one
    if (const auto of = told_as(read->record.event.id())) {
      std::string text = syslog_of(one, read->record, site, *of, ++numbers[static_cast<std::size_t>(*of)]);
      items.push_back({*of, milliseconds_of(read->record.time), std::move(text)});
    }
    counted.push_back(std::move(read->record));
  }
  GW_TRY(spool_.put(items, kept.back().number));
  for (const audit::Record& record : counted) count(record);
  return kept.back().number >= store_.last();
}

}  // namespace gw::control
