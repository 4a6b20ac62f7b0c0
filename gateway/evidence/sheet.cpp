#include "evidence/sheet.h"

namespace gw::evidence {
namespace {

// In sheets.def a list stands in brackets, which a function's parameters take off again.
#define GW_SHEET(name, id, japanese, english, facts) constexpr packs::FactId name[] = GW_LISTED facts;
#define GW_LISTED(...) \
  { __VA_ARGS__ }
namespace list {
using enum packs::FactId;
#include "evidence/sheets.def"
}  // namespace list
#undef GW_SHEET
#undef GW_LISTED

constexpr Sheet kSheets[] = {
#define GW_SHEET(name, id, japanese, english, facts) {id, {japanese, english}, list::name},
#include "evidence/sheets.def"
#undef GW_SHEET
};

}  // namespace

std::span<const Sheet> sheets() { return kSheets; }

}  // namespace gw::evidence
