#pragma once

// What handlers have in common that ask the supervisor (control/errand.h).

#include "accounts/typed.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/text.h"
#include "control/web_handlers.h"
#include "sys/sealed.h"

namespace gw::control::web {

inline constexpr std::size_t kMostProof = 64u << 20;  ///< octets of a sealed model::Proof

/// `finish` makes the answer.
inline WebAnswer asks(ipc::op::Msg question, std::vector<std::uint8_t> body, Finish finish,
                      UniqueFd input = {}) {
  WebAnswer out;
  out.errand.emplace(Errand{question, std::move(body), std::move(input)});
  out.finish = finish;
  return out;
}

/// There is no more to say.
inline Result<WebAnswer> done(const WebAsk&, const WebAround&, const ipc::Frame&) { return WebAnswer{}; }

/// What came along, which may hold a secret; `number` says which of several.
template <class Value>
Result<Value> sealed_in(const ipc::Frame& said, ipc::op::Msg kind, std::size_t most, std::size_t number = 0) {
  if (said.type != ipc::type_number(kind)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(auto octets, sys::read_sealed(said.fds.at(number).get(), most));
  Result<Value> out = decode<Value>(octets);
  wipe(octets.data(), octets.size());
  return out;
}

/// Who asks, for the supervisor's record.
inline ipc::op::Administrator administrator_of(const WebAsk& ask) {
  return {ask.actor.name, std::string(to_string(ask.actor.role)), ask.actor.visitor.to_text(),
          ask.actor.session};
}

/// Who says so stands in front of why, since the supervisor records both (LOG-01).
inline std::string told_reason(const WebAsk& ask, std::size_t at) {
  return accounts::one_line(ask.actor.name + ": " + std::string(ask.text(at)), kForeignTextLimit);
}

template <class Things, class ToJson>
std::string json_each(const Things& things, ToJson to_json) {
  std::vector<std::string> out;
  for (const auto& thing : things) out.push_back(to_json(thing));
  return json_list(out);
}

}  // namespace gw::control::web
