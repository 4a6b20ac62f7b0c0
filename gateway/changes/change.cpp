#include "changes/change.h"

namespace gw::changes {
namespace {

struct Row {
  State from;
  Step step;
  State to;
};
constexpr Row kRows[] = {
    {State::staged, Step::found_good, State::checked},
    {State::staged, Step::found_bad, State::refused},
    {State::staged, Step::withdraw, State::withdrawn},
    {State::checked, Step::found_good, State::checked},  // looked at once more
    {State::checked, Step::found_bad, State::refused},
    {State::checked, Step::withdraw, State::withdrawn},
    {State::checked, Step::put, State::applying},
    {State::applying, Step::in_force, State::applied},
    {State::applying, Step::found_bad, State::refused},
    {State::applied, Step::confirm, State::confirming},
    {State::applied, Step::turn_back, State::rolling_back},
    {State::confirming, Step::kept, State::confirmed},
    {State::confirming, Step::turn_back, State::rolling_back},  // it could not be kept
    {State::rolling_back, Step::back, State::rolled_back},
};

}  // namespace

std::optional<State> next(State state, Step step) {
  for (const Row& row : kRows)
    if (row.from == state && row.step == step) return row.to;
  return std::nullopt;
}

}  // namespace gw::changes
