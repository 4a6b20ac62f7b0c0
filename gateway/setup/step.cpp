#include "setup/step.h"

#include <algorithm>

namespace gw::setup {
namespace {

struct Row {
  std::string_view id;
  DoneBy done;
};
constexpr std::array<Row, kSteps> kRows = {{
#define GW_STEP(name, id, done) {id, DoneBy::done},
#include "setup/steps.def"
#undef GW_STEP
}};

}  // namespace

std::string_view to_string(Step step) { return kRows[static_cast<std::size_t>(step)].id; }

std::optional<Step> parse_step(std::string_view id) {
  const auto* found = std::ranges::find(kRows, id, &Row::id);
  if (found == kRows.end()) return std::nullopt;
  return static_cast<Step>(found - kRows.begin());
}

DoneBy done_by(Step step) { return kRows[static_cast<std::size_t>(step)].done; }

}  // namespace gw::setup
