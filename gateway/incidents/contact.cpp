#include "incidents/contact.h"

#include <algorithm>
#include <iterator>

#include "base/jst.h"

namespace gw::incidents {
namespace {

enum class Of : std::uint8_t { one, service };
struct Row {
  std::string_view id, japanese, english, desk;
  Of of;
};
constexpr Row kRows[] = {
#define GW_PARTY(name, id, japanese, english, desk, of) {id, japanese, english, desk, Of::of},
#include "incidents/parties.def"
#undef GW_PARTY
};
const Row& row(Party party) { return kRows[static_cast<std::size_t>(party)]; }

}  // namespace

std::string to_string(const ContactKey& contact) {
  const std::string id(row(contact.party).id);
  return contact.service.empty() ? id : id + "@" + contact.service;
}

std::optional<ContactKey> parse_contact(std::string_view text) {
  const std::size_t at = text.find('@');
  const std::string_view service = at == std::string_view::npos ? "" : text.substr(at + 1);
  const auto* const found = std::ranges::find(kRows, text.substr(0, at), &Row::id);
  if (found == std::end(kRows) || (found->of == Of::service) == service.empty()) return std::nullopt;
  return ContactKey{static_cast<Party>(found - std::begin(kRows)), std::string(service)};
}

std::string words_of(const ContactKey& contact, Language language) {
  const Row& one = row(contact.party);
  const std::string words(language == Language::japanese ? one.japanese : one.english);
  return contact.service.empty() ? words : words + " (" + contact.service + ")";
}

std::string_view desk_hint(Party party) { return row(party).desk; }

CivilTime half_a_year_after(CivilTime time) {
  const CivilTime in_japan = time + kJst;
  const auto day = std::chrono::floor<std::chrono::days>(in_japan);
  auto later = std::chrono::year_month_day(day) + std::chrono::months(6);
  if (!later.ok()) later = later.year() / later.month() / std::chrono::last;
  return std::chrono::sys_days(later) + (in_japan - day) - kJst;
}

std::optional<CivilTime> Contact::due() const {
  if (!ways) return std::nullopt;
  return worked ? half_a_year_after(*worked) : stated;
}

}  // namespace gw::incidents
