#include "papers/fact.h"

#include <algorithm>

namespace gw::papers {
namespace {

constexpr Fact kFacts[] = {
#define GW_GROUP(group, japanese, english)
#define GW_FACT(group, key, kind, multitude, control, japanese, english, question, asked)    \
  {FactId::group##_##key, #group,           #key, Kind::kind, Multitude::multitude, control, \
   {japanese, english},   {question, asked}},
#include "papers/facts.def"
#undef GW_GROUP
#undef GW_FACT
};

constexpr Group kGroups[] = {
#define GW_GROUP(group, japanese, english) {#group, {japanese, english}},
#define GW_FACT(group, key, kind, multitude, control, japanese, english, question, asked)
#include "papers/facts.def"
#undef GW_GROUP
#undef GW_FACT
};

}  // namespace

std::span<const Fact> facts() { return kFacts; }
std::span<const Group> groups() { return kGroups; }
const Fact& fact(FactId id) { return kFacts[static_cast<std::size_t>(id)]; }

const Fact* find_fact(std::string_view name) {
  const auto found = std::ranges::find_if(kFacts, [&](const Fact& one) { return one.name() == name; });
  return found == std::end(kFacts) ? nullptr : found;
}

}  // namespace gw::papers
