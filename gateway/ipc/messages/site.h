#pragma once

// registrar -> supervisor: what came of one order to the site's authority. The supervisor keeps the store and
// the revocation list, unread, and hands the product on.

#include <string>
#include <vector>

#include "base/error.h"
#include "ipc/conversation.h"
#include "model/site.h"

namespace gw::ipc::site {

enum class Msg : std::uint16_t {
  carried_out = 1,  ///< CarriedOut + the store, the revocation list in DER and the model::SiteProduct, sealed
  failed = 2,       ///< Failed: nothing has changed
};
enum class Phase : std::uint8_t { open };

struct CarriedOut {
  std::string what{};                ///< for the record: "3f2a... until 2027-12-30"
  std::vector<model::Cut> blocks{};  ///< certificates that count no more though they have not ended
  std::string trouble{};             ///< what could not be done besides; empty: nothing
};
struct Failed {
  ErrorCode code{};
  std::string detail{};
};

template <class Io> void visit(Io& io, CarriedOut& m) {
  io.text(m.what, 256);
  io.list(m.blocks, model::kMaxCuts / 2);
  io.text(m.trouble, 512);
}
template <class Io> void visit(Io& io, Failed& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}

inline constexpr Permit kFromRegistrar[] = {permit(Msg::carried_out, Phase::open, Times::once, 3),
                                            permit(Msg::failed, Phase::open, Times::once)};

}  // namespace gw::ipc::site
