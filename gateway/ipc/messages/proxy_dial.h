#pragma once

// proxyd <-> dialerd of one tenant: "connect me to this service". The proxy cannot name an address.

#include <chrono>

#include "ipc/conversation.h"
#include "model/address.h"
#include "model/close_reason.h"
#include "model/ids.h"

namespace gw::ipc::dial {

enum class Msg : std::uint16_t {
  dial = 1,        ///< proxyd -> dialerd: Dial
  connected = 32,  ///< dialerd -> proxyd: Connected + the connected, non-blocking socket
  failed = 33,     ///< dialerd -> proxyd: Failed
};
enum class Phase : std::uint8_t { open };

struct Dial {
  model::Generation generation{};  ///< the table the service id belongs to
  model::ServiceId service{};
  std::chrono::milliseconds deadline{0};
};
struct Connected {
  model::Endpoint remote{};
};
struct Failed {
  model::CloseReason reason{};
};

template <class Io> void visit(Io& io, Dial& m) {
  io.field(m.generation);
  io.field(m.service);
  io.range(m.deadline, std::chrono::milliseconds{1}, std::chrono::milliseconds{60'000});
}
template <class Io> void visit(Io& io, Connected& m) { io.field(m.remote); }
template <class Io> void visit(Io& io, Failed& m) { io.choice(m.reason, model::last_close_reason()); }

inline constexpr Permit kFromProxy[] = {permit(Msg::dial, Phase::open, Times::many)};
inline constexpr Permit kFromDialer[] = {permit(Msg::connected, Phase::open, Times::many, 1),
                                         permit(Msg::failed, Phase::open, Times::many)};

}  // namespace gw::ipc::dial
