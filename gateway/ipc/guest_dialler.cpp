#include "ipc/guest_dialler.h"

#include "base/codec.h"
#include "ipc/awaited.h"

namespace gw::ipc {
namespace {

using dial::Msg;

constexpr std::chrono::milliseconds kConnect{10'000};
constexpr std::chrono::seconds kGrace{2};  // the dialer's own answer needs a moment besides

}  // namespace

Result<UniqueFd> GuestDialler::dial(model::ServiceId target) {
  const auto unreachable = [this](std::string why) { return Error{trouble_, std::move(why)}; };
  const auto body = encode(dial::Dial{generation_, target, kConnect});
  if (!channel_.send(type_number(Msg::dial), ++last_, body)) return unreachable("the tenant has no dialer");
  const Instant deadline = clock_.now() + kConnect + kGrace;
  for (;;) {
    Result<Frame> frame = awaited(channel_, conversation_, deadline, clock_);
    if (!frame) return unreachable("the tenant's dialer does not answer: " + frame.error().detail);
    if (frame->request != last_) continue;  // of a dial that was given up
    if (frame->type == type_number(Msg::connected)) return std::move(frame->fds.front());
    GW_TRY(const auto failed, decode<dial::Failed>(frame->body));
    return unreachable(std::string(model::to_string(failed.reason)));
  }
}

}  // namespace gw::ipc
