#include "dialler.h"

#include "awaited.h"
#include "base/codec.h"

namespace gw::renewer {
namespace {

using ipc::dial::Msg;

constexpr std::chrono::milliseconds kConnect{10'000};
constexpr std::chrono::seconds kGrace{2};  // the dialer's own answer needs a moment besides

Error unreachable(std::string why) { return {ErrorCode::est_unreachable, std::move(why)}; }

}  // namespace

Result<UniqueFd> Dialler::dial(model::ServiceId target) {
  const auto body = encode(ipc::dial::Dial{generation_, target, kConnect});
  if (!channel_.send(ipc::type_number(Msg::dial), ++last_, body))
    return unreachable("the tenant has no dialer");
  const Instant deadline = clock_.now() + kConnect + kGrace;
  for (;;) {
    Result<ipc::Frame> frame = awaited(channel_, conversation_, deadline, clock_);
    if (!frame) return unreachable("the tenant's dialer does not answer: " + frame.error().detail);
    if (frame->request != last_) continue;  // of a dial that was given up
    if (frame->type == ipc::type_number(Msg::connected)) return std::move(frame->fds.front());
    GW_TRY(const auto failed, decode<ipc::dial::Failed>(frame->body));
    return unreachable(std::string(model::to_string(failed.reason)));
  }
}

}  // namespace gw::renewer
