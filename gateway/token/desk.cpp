#include "token/desk.h"

#include "base/codec.h"

namespace gw::token {
namespace {

namespace msg = ipc::key_work;
using msg::Msg;

/// The least number that no key has.
std::uint32_t free_number(const std::map<std::uint32_t, keys::PrivateKeyPtr>& keys) {
  std::uint32_t number = 0;
  for (const auto& [taken, key] : keys) {
    if (taken != number) break;
    ++number;
  }
  return number;
}

}  // namespace

Result<> Desk::serve() {
  for (;;) {
    GW_TRY(const std::optional<ipc::Frame> asked, keyd_.receive());
    if (!asked) return Done{};
    GW_TRY(conversation_.accept(*asked));
    GW_TRY(answer(*asked));
  }
}

Result<> Desk::answer(const ipc::Frame& asked) {
  if (asked.type == ipc::type_number(Msg::open)) return carry_out(asked, Msg::opened, &Desk::open);
  if (asked.type == ipc::type_number(Msg::sign)) return carry_out(asked, Msg::signature, &Desk::sign);
  GW_TRY(const auto forgotten, decode<msg::Forget>(asked.body));
  keys_.erase(forgotten.key);
  return Done{};
}

template <class Wanted, class Done>
Result<> Desk::carry_out(const ipc::Frame& asked, Msg type, Result<Done> (Desk::*act)(const Wanted&)) {
  GW_TRY(const auto wanted, decode<Wanted>(asked.body));
  const Result<Done> done = (this->*act)(wanted);
  if (done) return keyd_.send(ipc::type_number(type), asked.request, encode(*done));
  const msg::Refused refused{done.error().code, done.error().detail.substr(0, 512)};
  return keyd_.send(ipc::type_number(Msg::refused), asked.request, encode(refused));
}

Result<msg::Opened> Desk::open(const msg::Open& wanted) {
  if (!token_) return token_.error();
  if (keys_.size() >= kMostKeys)
    return Error{ErrorCode::key_unavailable, "too many keys of the token are in use"};
  GW_TRY(keys::PrivateKeyPtr key, (*token_)->open_key(wanted.content));
  const std::uint32_t number = free_number(keys_);
  msg::Opened opened{number, key->keeping(), key->public_key(), {}};
  keys_.emplace(number, std::move(key));
  return opened;
}

Result<msg::Signature> Desk::sign(const msg::Sign& wanted) {
  const auto key = keys_.find(wanted.key);
  if (key == keys_.end()) return Error{ErrorCode::key_unavailable, "the token's key is not open"};
  GW_TRY(auto octets, key->second->sign(wanted.scheme, wanted.message));
  return msg::Signature{std::move(octets)};
}

}  // namespace gw::token
