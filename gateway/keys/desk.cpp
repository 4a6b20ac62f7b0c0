#include "keys/desk.h"

#include "keys/may_sign.h"

namespace gw::keys {
namespace {

using ipc::key::Msg;
using ipc::key::Refusal;

Refusal refusal_of(ErrorCode code) {
  return code == ErrorCode::key_scheme_unsuitable ? Refusal::unsuitable : Refusal::unavailable;
}

}  // namespace

Result<std::optional<Desk::Asked>> Desk::hear(const Vault& vault, const Clock& clock) {
  GW_TRY(const std::optional<ipc::Frame> frame, channel_.receive());
  if (!frame) return std::optional<Asked>();
  GW_TRY(conversation_.accept(*frame));
  return judge(*frame, vault, clock);
}

Result<std::optional<Desk::Asked>> Desk::judge(const ipc::Frame& frame, const Vault& vault,
                                               const Clock& clock) {
  GW_TRY(auto asked, decode<ipc::key::Sign>(frame.body));
  HeldKeyPtr held = vault.find(owner_, asked.generation, asked.key);
  if (!held) return refuse(frame.request, Refusal::unknown_key);
  const auto now = std::chrono::floor<std::chrono::seconds>(clock.civil_now()).time_since_epoch();
  const Leave leave = may_sign(held->use, asked.role, asked.scheme, asked.message, now);
  if (leave == Leave::no)
    return Error{ErrorCode::key_misused,
                 "what was to be signed is no handshake that this key may take part in"};
  if (leave == Leave::ended) return refuse(frame.request, Refusal::ended);
  ++under_way_;
  return std::optional(Asked{frame.request, std::move(held), asked.scheme, std::move(asked.message)});
}

Result<std::optional<Desk::Asked>> Desk::refuse(std::uint64_t request, Refusal why) {
  GW_TRY(channel_.send(ipc::type_number(Msg::refused), request, encode(ipc::key::Refused{why})));
  return std::optional<Asked>();
}

Result<> Desk::answer(std::uint64_t request, const Result<std::vector<std::uint8_t>>& signature) {
  --under_way_;
  if (signature)
    return channel_.send(ipc::type_number(Msg::signature), request, encode(ipc::key::Signature{*signature}));
  const ipc::key::Refused refused{refusal_of(signature.error().code)};
  return channel_.send(ipc::type_number(Msg::refused), request, encode(refused));
}

}  // namespace gw::keys
