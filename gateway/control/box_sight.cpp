#include "control/box_sight.h"

#include <iterator>

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using model::CertificateRoll;
using op::Msg;

// In the order in which they are asked for; the last only of a box that has tried itself.
constexpr Msg kQuestions[] = {Msg::diagnosis, Msg::network, Msg::certificates, Msg::terminals,
                              Msg::last_proof};

Result<op::Diagnosis> diagnosis_in(const ipc::Frame& said) {
  return sealed_in<op::Diagnosis>(said, Msg::diagnosed, op::kMostDiagnosis);
}

}  // namespace

Result<std::optional<Msg>> next_question(std::span<const ipc::Frame> heard, const ipc::Frame& said) {
  const std::size_t next = heard.size() + 1;
  if (next == std::size(kQuestions)) return std::optional<Msg>();
  if (kQuestions[next] != Msg::last_proof) return std::optional(kQuestions[next]);
  GW_TRY(const auto diagnosis, diagnosis_in(heard.empty() ? said : heard.front()));
  return diagnosis.state.proof.ended.count() == 0 ? std::optional<Msg>() : std::optional(kQuestions[next]);
}

Result<BoxSight> sight_in(std::span<const ipc::Frame> heard, const ipc::Frame& said) {
  std::vector<const ipc::Frame*> all;
  for (const ipc::Frame& frame : heard) all.push_back(&frame);
  all.push_back(&said);
  BoxSight out;
  GW_TRY(out.diagnosis, diagnosis_in(*all[0]));
  GW_TRY(out.network, network_in(*all[1]));
  GW_TRY(out.certificates,
         sealed_in<CertificateRoll>(*all[2], Msg::certificate_roll, model::kMostCertificateRoll));
  GW_TRY(out.certificate_state,
         sealed_in<model::CertificateState>(*all[2], Msg::certificate_roll, model::kMostCertificateRoll, 1));
  GW_TRY(out.terminals, sealed_in<model::TerminalRoll>(*all[3], Msg::terminal_roll, model::kMostRoll));
  if (all.size() < std::size(kQuestions)) return out;
  GW_TRY(out.proof, sealed_in<model::Proof>(*all[4], Msg::proof, kMostProof));
  return out;
}

const CertificateRoll::Certificate* shown_to_browsers(const CertificateRoll& roll) {
  for (const CertificateRoll::Own& own : roll.own)
    for (const CertificateRoll::Use& use : own.uses)
      if (use.facing == model::Facing::administrators && own.certificate) return &*own.certificate;
  return nullptr;
}

}  // namespace gw::control::web
