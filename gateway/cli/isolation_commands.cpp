#include <string>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/isolation_text.h"
#include "cli/output.h"
#include "cli/texts.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"
#include "model/proof_text.h"
#include "sys/sealed.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;

constexpr std::size_t kMostProof = 32u << 20;
constexpr std::chrono::seconds kWhileItIsTried{600};

Result<model::Proof> read_proof(const ipc::Frame& answer) {
  if (answer.type == ipc::type_number(op::Msg::rejected)) {
    GW_TRY(const op::Rejected rejected, decode<op::Rejected>(answer.body));
    return Error{rejected.code, rejected.detail};
  }
  if (answer.type != ipc::type_number(op::Msg::proof)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto bytes, sys::read_sealed(answer.fds[0].get(), kMostProof));
  return decode<model::Proof>(bytes);
}

int complain_of(const Call& call, const Error& error) {
  if (error.code != ErrorCode::proof_unavailable) return unanswered(call, error);
  complain(said(call.language, Text::no_proof, {error.detail}));
  return kFailed;
}

/// Asks for a proof and prints it as `render` has it; fails unless everything held.
int show(const Call& call, op::Msg question, std::chrono::seconds patience,
         std::string (*render)(const Call&, const model::Proof&)) {
  const auto answer = ask(call.socket, ipc::type_number(question), {}, {}, patience);
  if (!answer) return unanswered(call, answer.error());
  const Result<model::Proof> proof = read_proof(*answer);
  if (!proof) return complain_of(call, proof.error());
  print(render(call, *proof));
  return is_whole(*proof) ? kOk : kFailed;
}

std::string as_asked(const Call& call, const model::Proof& proof) {
  return call.format == Format::json ? model::to_json(proof) : to_text(proof, call.language);
}
std::string as_metrics(const Call&, const model::Proof& proof) { return model::to_metrics(proof); }

}  // namespace

int isolation_prove(const Call& call) { return show(call, op::Msg::prove, kWhileItIsTried, as_asked); }
int isolation_show(const Call& call) { return show(call, op::Msg::last_proof, kAtOnce, as_asked); }
int isolation_metrics(const Call& call) { return show(call, op::Msg::last_proof, kAtOnce, as_metrics); }

}  // namespace gw::cli
