#pragma once

#include <optional>

#include "control/network_look.h"
#include "control/web_errands.h"
#include "model/certificate_roll.h"
#include "model/proof.h"
#include "model/terminal_roll.h"

namespace gw::control::web {

/// Everything by which the box is judged and which the supervisor says, as it is now.
struct BoxSight {
  ipc::op::Diagnosis diagnosis{};
  NetworkLook network{};
  model::CertificateRoll certificates{};
  model::CertificateState certificate_state{};
  model::TerminalRoll terminals{};
  std::optional<model::Proof> proof{};  ///< none: the box was not tried yet
};

/// The next thing to ask for; nothing: all of it was said.
Result<std::optional<ipc::op::Msg>> next_question(std::span<const ipc::Frame> heard, const ipc::Frame& said);
Result<BoxSight> sight_in(std::span<const ipc::Frame> heard, const ipc::Frame& said);

/// Makes the answer of all that was seen.
using Judge = Result<WebAnswer> (*)(const WebAsk& ask, const WebAround& around, const BoxSight& sight);

template <Judge judge>
Result<WebAnswer> heard_of(const WebAsk& ask, const WebAround& around, const ipc::Frame& said) {
  GW_TRY(const auto next, next_question(ask.heard, said));
  if (next) return asks(*next, {}, heard_of<judge>);
  GW_TRY(const BoxSight sight, sight_in(ask.heard, said));
  return judge(ask, around, sight);
}

/// Looks at the whole box first.
template <Judge judge>
Result<WebAnswer> looks() {
  return asks(ipc::op::Msg::diagnosis, {}, heard_of<judge>);
}

/// The certificate that browsers see; null: there is none.
const model::CertificateRoll::Certificate* shown_to_browsers(const model::CertificateRoll& roll);

}  // namespace gw::control::web
