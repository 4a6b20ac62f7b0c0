#include "packs/fact.h"

#include <algorithm>

namespace gw::packs {
namespace {

constexpr Fact kFacts[] = {
#define GW_PACK_FACT(id, name, control, japanese, english) {FactId::id, name, control, {japanese, english}},
#include "packs/facts.def"
#undef GW_PACK_FACT
};

struct Family {
  std::string_view name{};
  int size = 0;
};
constexpr Family kFamilies[] = {
#define GW_FAMILY(name, size) {#name, size},
#include "packs/controls.def"
#undef GW_FAMILY
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::span<const Fact> facts() { return kFacts; }
const Fact& fact(FactId id) { return kFacts[static_cast<std::size_t>(id)]; }

const Fact* find_fact(std::string_view name) {
  const auto found = std::ranges::find(kFacts, name, &Fact::name);
  return found == std::end(kFacts) ? nullptr : found;
}

bool is_control(std::string_view id) {
  const std::size_t hyphen = id.find('-');
  const std::string_view digits = hyphen == std::string_view::npos ? "" : id.substr(hyphen + 1);
  if (digits.size() != 2 || !std::ranges::all_of(digits, is_digit)) return false;
  const int number = (digits[0] - '0') * 10 + (digits[1] - '0');
  const auto found = std::ranges::find(kFamilies, id.substr(0, hyphen), &Family::name);
  return found != std::end(kFamilies) && number >= 1 && number <= found->size;
}

}  // namespace gw::packs
