#include "detect/habits.h"

#include <algorithm>
#include <utility>

namespace gw::detect {
namespace {

CivilTime opened_of(const model::Record& record) {
  const std::uint64_t most =
      static_cast<std::uint64_t>(std::chrono::milliseconds(std::chrono::days(kDaysKept)).count());
  const std::uint64_t lasted = std::min(number_in(record.event, Field::duration_ms, 0), most);
  return record.time - std::chrono::milliseconds(lasted);
}

std::string size_text(std::uint64_t octets) {
  return octets < 1u << 20 ? "less than 1 MiB" : std::to_string(octets >> 20) + " MiB";
}

std::string service_of(const model::Record& record) {
  return std::string(text_in(record.event, Field::service));
}

std::string volume_text(const model::Record& record, const Volumes& volumes, Day today, const char* way) {
  return service_of(record) + ": " + size_text(volumes.today()) + way + "today, usually up to " +
         size_text(volumes.usual(today));
}

}  // namespace

std::vector<Clue> Habits::take(const model::Record& record) {
  const bool is_right = record.clock == model::ClockState::right;
  switch (record.event.id()) {
    case EventId::session_opened:
      return is_right ? opened(record) : std::vector<Clue>();
    case EventId::session_closed:
      return is_right ? closed(record) : std::vector<Clue>();
    case EventId::detection_seen:
      seen(record);
      return {};
    default:
      return {};
  }
}

void Habits::put_back(const Key& key, const Habit& habit) {
  if (all_.insert_or_assign(key, habit).second) ++tenants_[key.tenant].pairs;
}

bool Habits::make_room(Tenant& tenant, Day today) {
  const auto has_room = [&] { return all_.size() < kMost && tenant.pairs < kMostOfTenant; };
  if (has_room()) return true;
  if (std::exchange(tenant.looked, today) == today) return false;
  std::erase_if(all_, [&](const auto& entry) {
    if (entry.second.last() + kDaysKept > today) return false;
    changed_.insert(entry.first);
    --tenants_[entry.first.tenant].pairs;
    return true;
  });
  return has_room();
}

/// Of the terminal and the service that a record is about; null if there is none, or no room for it.
Habit* Habits::find(const model::Record& record) {
  Key key{record.tenant, std::string(text_in(record.event, Field::terminal)), service_of(record)};
  if (key.tenant.empty() || key.terminal.empty() || key.service.empty()) return nullptr;
  Tenant& tenant = tenants_[key.tenant];
  const bool is_known = all_.contains(key);
  if (!is_known && !make_room(tenant, day_of(record.time))) return nullptr;
  if (!is_known) ++tenant.pairs;
  Habit* const out = &all_[key];
  changed_.insert(std::move(key));
  return out;
}

Clue Habits::clue(const model::Record& record, Kind kind, std::string detail) {
  Clue out{.kind = kind, .tenant = record.tenant, .detail = std::move(detail)};
  std::string terminal(text_in(record.event, Field::terminal));
  Named& named = named_[{record.tenant, kind}];
  const Day today = day_of(record.time);
  if (std::exchange(named.day, today) != today) named.terminals.clear();
  if (named.terminals.size() < kTerminalsADay) named.terminals.insert(terminal);
  if (named.terminals.contains(terminal))
    out.subject = std::move(terminal);
  else
    out.detail = terminal + " at " + out.detail;
  return out;
}

std::vector<Clue> Habits::opened(const model::Record& record) {
  const std::string_view fingerprint = text_in(record.event, Field::down_hello);
  Habit* const habit = fingerprint.empty() ? nullptr : find(record);
  if (habit == nullptr || !habit->shows_new(fingerprint, record.time)) return {};
  return {clue(record, Kind::new_tls_client, service_of(record) + ": " + std::string(fingerprint))};
}

std::vector<Clue> Habits::closed(const model::Record& record) {
  Habit* const habit = find(record);
  if (habit == nullptr) return {};
  const CivilTime opened = opened_of(record);
  const Habit::Unlike unlike = habit->used(opened, record.time, number_in(record.event, Field::bytes_up, 0),
                                           number_in(record.event, Field::bytes_down, 0));
  std::vector<Clue> out;
  const auto add = [&](Kind kind, std::string detail) {
    out.push_back(clue(record, kind, std::move(detail)));
  };
  if (unlike.up)
    add(Kind::unusual_volume, volume_text(record, habit->up(), habit->last(), " up "));
  else if (unlike.down)
    add(Kind::unusual_volume, volume_text(record, habit->down(), habit->last(), " down "));
  if (unlike.hour)
    add(Kind::unusual_hour,
        service_of(record) + ": opened at " +
            to_jst_text(std::chrono::floor<std::chrono::seconds>(opened.time_since_epoch())));
  return out;
}

/// Of one terminal, or of all where the day was the clinic's.
void Habits::seen(const model::Record& record) {
  const auto kind = parse_kind(text_in(record.event, Field::finding));
  const std::string_view terminal = text_in(record.event, Field::terminal);
  if (kind != Kind::unusual_volume && kind != Kind::unusual_hour) return;
  for (auto& [key, habit] : all_) {
    if (key.tenant != tenant_of(record) || (!terminal.empty() && key.terminal != terminal)) continue;
    if (kind == Kind::unusual_volume) habit.accept_volumes();
    if (kind == Kind::unusual_hour) habit.accept_hours();
    changed_.insert(key);
  }
}

}  // namespace gw::detect
