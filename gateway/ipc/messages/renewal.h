#pragma once

// renewer -> supervisor: what of an identity is to be kept, and when to look again. The supervisor keeps what it
// is given, unread, before it answers; only then does the renewer go on.

#include <chrono>
#include <string>
#include <vector>

#include "ipc/conversation.h"
#include "model/renewal.h"

namespace gw::ipc::renewal {

enum class Msg : std::uint16_t {
  keep = 1,      ///< Keep + the sealed text; of no length: nothing any more
  finished = 2,  ///< Finished; last
  kept = 32,     ///< supervisor -> renewer, no body: it is on the disk
};
enum class Phase : std::uint8_t { open };

/// Parts of a slot (model::IdentitySlot).
enum class Place : std::uint8_t {
  current,
  next,
  ticket,
  answer,
  wish,
  request,  ///< for whoever wished for it: PKCS#10, PEM; kept nowhere
};

struct Keep {
  std::string identity{};
  Place place{};
};
/// What came of an identity that something was tried for.
struct Attempt {
  std::string identity{};
  std::string code{};    ///< of an error; empty: it has its new certificate
  std::string detail{};
};
struct Finished {
  std::chrono::milliseconds look_again{0};  ///< since 1970, UTC
  std::vector<Attempt> attempts{};
};

template <class Io> void visit(Io& io, Keep& m) {
  io.text(m.identity, model::kMaxName);
  io.choice(m.place, Place::request);
}
template <class Io> void visit(Io& io, Attempt& m) {
  io.text(m.identity, model::kMaxName);
  io.text(m.code, 64);
  io.text(m.detail, 512);
}
template <class Io> void visit(Io& io, Finished& m) {
  io.field(m.look_again);
  io.list(m.attempts, model::kMostIdentities);
}

inline constexpr Permit kFromRenewer[] = {permit(Msg::keep, Phase::open, Times::many, 1),
                                          permit(Msg::finished, Phase::open, Times::once)};
inline constexpr Permit kToRenewer[] = {permit(Msg::kept, Phase::open, Times::many)};

}  // namespace gw::ipc::renewal
