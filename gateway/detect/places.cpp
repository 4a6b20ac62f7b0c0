#include "detect/places.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace gw::detect {
namespace {

constexpr std::string_view kProxy = "proxyd";  // whose sessions they are

/// Empty: the session has none.
std::string certificate_of(const model::Record& record) {
  return std::string(text_in(record.event, Field::down_cert));
}

bool is_v6(std::string_view address) { return address.find(':') != std::string_view::npos; }

}  // namespace

/// One device may have an address of each family.
bool Places::stand_together(const Certificate& one) {
  for (const bool v6 : {false, true})
    if (std::ranges::count_if(one.places, [v6](const auto& entry) {
          return entry.second.sessions > 0 && entry.second.is_v6 == v6;
        }) > 1)
      return true;
  return false;
}

std::optional<Clue> Places::take(const model::Record& record) {
  switch (record.event.id()) {
    case EventId::session_opened:
      return opened(record);
    case EventId::session_closed:
      closed(record);
      return std::nullopt;
    case EventId::box_started:
      tenants_.clear();
      return std::nullopt;
    case EventId::process_started:
    case EventId::process_ended:
    case EventId::process_stopped:
      if (text_in(record.event, Field::name) == kProxy) forget(record.tenant);
      return std::nullopt;
    case EventId::records_lost:
      forget(record.tenant);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

void Places::forget(const std::string& tenant) {
  if (tenant.empty()) return tenants_.clear();
  tenants_.erase(tenant);
}

std::size_t Places::size() const {
  return std::accumulate(tenants_.begin(), tenants_.end(), std::size_t{0},
                         [](std::size_t sum, const auto& entry) { return sum + entry.second.size(); });
}

bool Places::has_room(const std::string& tenant) const {
  const auto found = tenants_.find(tenant);
  return (found == tenants_.end() || found->second.size() < kMostOfTenant) && size() < kMost;
}

/// Two of the addresses that sessions stand from.
Clue Places::clue_of(const Certificate& one) {
  std::string from;
  int named = 0;
  for (const auto& [address, place] : one.places)
    if (place.sessions > 0 && named++ < 2) from += (from.empty() ? "" : " and ") + address;
  return {.kind = Kind::two_places, .tenant = one.tenant, .subject = one.terminal, .detail = from};
}

std::optional<Clue> Places::opened(const model::Record& record) {
  const std::string key = certificate_of(record);
  if (key.empty()) return std::nullopt;
  const std::string from(text_in(record.event, Field::source));
  auto& certificates = tenants_[record.tenant];
  if (!certificates.contains(key) && !has_room(record.tenant)) return std::nullopt;
  Certificate& one = certificates[key];
  if (!one.places.contains(from) && one.places.size() >= kMostOfOne) return std::nullopt;
  one.tenant = record.tenant;
  one.terminal = text_in(record.event, Field::terminal);
  Place& here = one.places[from];
  here = {here.sessions + 1, is_v6(from)};
  const bool is_turn = std::exchange(one.last_from, from) != from;
  if (!stand_together(one)) return std::nullopt;
  if (one.together == CivilTime{}) one.together = record.time;
  if (is_turn) ++one.turns;
  return is_turn && one.turns >= kTurns ? std::optional(clue_of(one)) : std::nullopt;
}

void Places::closed(const model::Record& record) {
  const auto tenant = tenants_.find(record.tenant);
  if (tenant == tenants_.end()) return;
  auto& certificates = tenant->second;
  const auto found = certificates.find(certificate_of(record));
  if (found == certificates.end()) return;
  Certificate& one = found->second;
  const auto place = one.places.find(std::string(text_in(record.event, Field::source)));
  if (place == one.places.end()) return;
  if (--place->second.sessions == 0) one.places.erase(place);
  if (!stand_together(one)) {
    one.together = {};
    one.turns = 0;
  }
  if (one.places.empty()) certificates.erase(found);
}

std::vector<Clue> Places::sweep(CivilTime now) {
  std::vector<Clue> out;
  for (auto& [tenant, certificates] : tenants_)
    for (auto& [key, one] : certificates) {
      if (one.together == CivilTime{} || now < one.together + kTogether) continue;
      one.together = now;  // again as long as it lasts
      out.push_back(clue_of(one));
    }
  return out;
}

}  // namespace gw::detect
