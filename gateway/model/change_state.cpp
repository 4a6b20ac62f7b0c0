#include "model/change_state.h"

#include <iterator>

namespace gw::model {
namespace {

enum class Kind : std::uint8_t { resting, flying, over };
struct Row {
  ChangeState state;
  std::string_view text;
  Kind kind;
};
constexpr Row kRows[] = {
#define GW_CHANGE_STATE(name, text, kind) {ChangeState::name, text, Kind::kind},
#include "model/change_states.def"
#undef GW_CHANGE_STATE
};

const Row& row_of(ChangeState state) { return kRows[static_cast<std::size_t>(state)]; }

}  // namespace

bool is_in_flight(ChangeState state) { return row_of(state).kind == Kind::flying; }
bool is_over(ChangeState state) { return row_of(state).kind == Kind::over; }
std::string_view to_string(ChangeState state) { return row_of(state).text; }
ChangeState last_change_state() { return std::rbegin(kRows)->state; }

std::optional<ChangeState> parse_change_state(std::string_view text) {
  for (const Row& row : kRows)
    if (row.text == text) return row.state;
  return std::nullopt;
}

}  // namespace gw::model
