#include "ipc/compartment_link.h"

#include <cstdlib>

namespace gw::ipc {

CompartmentLink::CompartmentLink(sys::Reactor& reactor, Channel channel, std::span<const Permit> may_be_told,
                                 Act act)
    : reactor_(reactor),
      channel_(std::move(channel)),
      conversation_(may_be_told),
      act_(std::move(act)),
      wake_(reactor) {}

Result<> CompartmentLink::start() {
  GW_TRY(readiness_.attach(reactor_, channel_.fd(), wake_));
  GW_TRY(channel_.send(type_number(compartment::Msg::ready), 0, {}));
  conversation_.enter(compartment::Phase::serving);
  listen();
  return Done{};
}

sys::Detached CompartmentLink::listen() {
  for (;;) {
    if (!take_all()) std::_Exit(EXIT_FAILURE);
    co_await wake_;
  }
}

Result<> CompartmentLink::take_all() {
  while (readiness_.readable) {
    GW_TRY(auto frame, channel_.receive());
    if (!frame) {
      readiness_.readable = false;
      continue;
    }
    GW_TRY(conversation_.accept(*frame));
    GW_TRY(act_(*frame));
  }
  return Done{};
}

Result<> CompartmentLink::refuse(model::Generation generation, const Error& why) const {
  return answer(compartment::Msg::refused,
                compartment::Refused{generation, why.code, why.detail.substr(0, 512)});
}

}  // namespace gw::ipc
