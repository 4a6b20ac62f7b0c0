#include "pki/explanation.h"

#include <cstddef>
#include <iterator>

namespace gw::pki {
namespace {

struct InBoth {
  const char* japanese;
  const char* english;

  const char* in(Language language) const { return language == Language::japanese ? japanese : english; }
};
constexpr InBoth in_both(const char* japanese, const char* english) { return {japanese, english}; }

struct Row {
  Fault fault;
  const char* rule;
  InBoth meaning, clinic, vendor;
};
constexpr Row kRows[] = {
#define GW_EXPLANATION(fault, rule, meaning, clinic, vendor) {Fault::fault, rule, meaning, clinic, vendor},
#include "pki/explanations.def"
#undef GW_EXPLANATION
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kRows); ++i)
    if (static_cast<std::size_t>(kRows[i].fault) != i) return false;
  return std::size(kRows) == static_cast<std::size_t>(Fault::internal) + 1;
}
static_assert(in_order(), "a fault without an explanation, or one out of its place");

}  // namespace

Explanation explanation_of(Fault fault, Language language) {
  const Row& row = kRows[static_cast<std::size_t>(fault)];
  return {row.rule, row.meaning.in(language), row.clinic.in(language), row.vendor.in(language)};
}

}  // namespace gw::pki
