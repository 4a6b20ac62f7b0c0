#include "control/terminal_ends.h"

#include <algorithm>

#include "api/value.h"
#include "detect/clue.h"
#include "detect/writers.h"

namespace gw::control {

void TerminalEnds::heed(const model::Record& record) {
  if (record.event.id() != EventId::session_opened || !detect::is_listened_to(record)) return;
  const auto ends = api::parse_time(detect::text_in(record.event, Field::down_until));
  Terminal terminal{record.tenant, std::string(detect::text_in(record.event, Field::terminal))};
  if (!ends || terminal.name.empty() || (!all_.contains(terminal) && !has_room(terminal.tenant))) return;
  all_[std::move(terminal)] = {std::string(detect::text_in(record.event, Field::down_cert)),
                               std::chrono::floor<model::CivilSeconds>(*ends)};
}

bool TerminalEnds::has_room(const std::string& tenant) const {
  const auto is_its = [&](const auto& entry) { return entry.first.tenant == tenant; };
  return static_cast<std::size_t>(std::ranges::count_if(all_, is_its)) < kMostOfTenant;
}

void TerminalEnds::forget_ended(model::CivilSeconds now) {
  std::erase_if(all_, [&](const auto& entry) { return entry.second.ends <= now; });
}

std::map<std::string, model::CivilSeconds> TerminalEnds::first() const {
  std::map<std::string, model::CivilSeconds> out;
  for (const auto& [terminal, certificate] : all_) {
    const auto known = out.try_emplace(terminal.tenant, certificate.ends).first;
    known->second = std::min(known->second, certificate.ends);
  }
  return out;
}

}  // namespace gw::control
