// The board that the box stands on (decisions/0068): what its panel tells of it, and what the lights say.

#include <algorithm>

#include "base/json.h"
#include "control/web_errands.h"

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using Msg = op::Msg;
using model::BoxCondition;

/// As hardware/hal/lights.def names them.
std::string_view light_of(BoxCondition told) {
  switch (told) {
    case BoxCondition::starting:
      return "starting";
    case BoxCondition::serving:
      return "serving";
    case BoxCondition::cloud_unreachable:
      return "unreachable";
    case BoxCondition::needs_attention:
      return "attention";
    case BoxCondition::on_trial:
      return "trial";
  }
  return "attention";
}

std::string json_of(const model::BoardReading& reading) {
  return JsonObject()
      .text("kind", to_string(reading.kind))
      .text("name", reading.name)
      .number("value", reading.value)
      .flag("well", reading.is_well)
      .take();
}

std::string json_of(const model::BoardSocket& socket) {
  return JsonObject().text("name", socket.name).text("label", socket.label).take();
}

template <class Things>
std::string json_of_all(const Things& things) {
  return json_each(things, [](const auto& thing) { return json_of(thing); });
}

/// As the panel does it: heat, fans and the disk count where the box itself is well.
BoxCondition shown(const op::State& state) {
  const bool is_news =
      state.lights == BoxCondition::serving || state.lights == BoxCondition::cloud_unreachable;
  const bool is_board_well = std::ranges::all_of(state.board.readings, &model::BoardReading::is_well);
  return is_news && !is_board_well ? BoxCondition::needs_attention : state.lights;
}

Result<WebAnswer> show_finish(const WebAsk&, const WebAround&, const ipc::Frame& said) {
  if (said.type != ipc::type_number(Msg::state)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto state, decode<op::State>(said.body));
  JsonObject out;
  out.flag("known", !state.board.board.empty());
  if (!state.board.board.empty()) {
    out.text("name", state.board.board).text("title", state.board.title);
    add_text(out, "tried", state.board.tried);
    out.text("light", light_of(shown(state)));
  }
  out.raw("readings", json_of_all(state.board.readings))
      .raw("sockets", json_of_all(state.board.sockets))
      .raw("differences", json_texts(state.board.differences));
  return WebAnswer{.json = out.take()};
}

}  // namespace

Result<WebAnswer> board_show(const WebAsk&, const WebAround&) { return asks(Msg::status, {}, show_finish); }

}  // namespace gw::control::web
