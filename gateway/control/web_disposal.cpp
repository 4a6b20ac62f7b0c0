// The end of a box (DSP-01): one person proposes that it forgets everything, another agrees.

#include "base/json.h"
#include "control/web_errands.h"

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using Msg = op::Msg;
using Act = op::DisposalOrder::Act;

CivilTime time_of(std::chrono::milliseconds since_1970) { return CivilTime(since_1970); }

Result<WebAnswer> show_finish(const WebAsk&, const WebAround&, const ipc::Frame& said) {
  if (said.type != ipc::type_number(Msg::disposal_told)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto state, decode<model::DisposalState>(said.body));
  JsonObject out;
  out.flag("possible", state.is_possible);
  if (state.proposal) {
    out.text("proposed_by", state.proposal->by).text("reason", state.proposal->reason);
    add_time(out, "proposed", time_of(state.proposal->at));
    add_time(out, "until", time_of(state.proposal->until));
  }
  add_text(out, "agreed_by", state.agreed_by);
  if (state.button != model::DisposalState::Button::none)
    out.text("button", state.button == model::DisposalState::Button::needed ? "needed" : "pressed");
  return WebAnswer{.json = out.take()};
}

WebAnswer orders(const WebAsk& ask, Act act) {
  return asks(Msg::dispose,
              encode(op::DisposalOrder{act, administrator_of(ask),
                                       accounts::one_line(ask.text(0), kForeignTextLimit)}),
              done);
}

}  // namespace

Result<WebAnswer> disposal_show(const WebAsk&, const WebAround&) {
  return asks(Msg::disposal_state, {}, show_finish);
}
Result<WebAnswer> disposal_propose(const WebAsk& ask, const WebAround&) { return orders(ask, Act::propose); }
Result<WebAnswer> disposal_agree(const WebAsk& ask, const WebAround&) { return orders(ask, Act::agree); }
Result<WebAnswer> disposal_withdraw(const WebAsk& ask, const WebAround&) {
  return orders(ask, Act::withdraw);
}

}  // namespace gw::control::web
