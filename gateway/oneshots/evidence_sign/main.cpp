// sekisho-evidence-sign: turns what the box proved about itself into a record and signs it. Parses the sealed
// proof; holds the evidence key and nothing else.

#include "ipc/inherited.h"
#include "ipc/messages/probe.h"
#include "model/proof_text.h"
#include "pki/evidence_key.h"
#include "sys/sealed.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;
using ipc::evidence::Msg;

constexpr std::size_t kMostProof = 32u << 20;

Result<ipc::evidence::Signed> sign() {
  GW_TRY(const pki::EvidenceKey key, pki::EvidenceKey::read_or_make(ipc::kSecondInputFd));
  GW_TRY(sys::shut_in(sys::Filter::evidence_sign));
  GW_TRY(const auto bytes, sys::read_sealed(ipc::kInputFd, kMostProof));
  GW_TRY(const model::Proof proof, decode<model::Proof>(bytes));
  ipc::evidence::Signed out;
  out.record = model::to_json(proof);
  GW_TRY(out.signature, key.sign(as_bytes(out.record)));
  GW_TRY(out.public_key, key.public_pem());
  return out;
}

Result<> answer(const ipc::Channel& control, const Result<ipc::evidence::Signed>& outcome) {
  if (!outcome) {
    const ipc::evidence::Failed failed{outcome.error().code, outcome.error().detail.substr(0, 512)};
    return control.send(ipc::type_number(Msg::failed), 0, encode(failed));
  }
  GW_TRY(const UniqueFd sealed, sys::seal(encode(*outcome), "record"));
  return control.send(ipc::type_number(Msg::record), 0, {}, {sealed.get()});
}

}  // namespace

int main() {
  const ipc::Channel control{UniqueFd(ipc::kControlFd)};
  const Result<ipc::evidence::Signed> outcome = sign();
  const Result<> sent = answer(control, outcome);
  return outcome && sent ? 0 : 1;
}
