#pragma once

// isolation-probe -> supervisor: what it tried, one message each, then the end. evidence-sign -> supervisor: one result.

#include "base/error.h"
#include "ipc/conversation.h"
#include "model/proof.h"

namespace gw::ipc::probe {

enum class Msg : std::uint16_t {
  tried = 1,  ///< model::ProofCase; place and tenant are the supervisor's to say
  done = 2,   ///< no body: that was all
};
enum class Phase : std::uint8_t { open };

inline constexpr Permit kFromProbe[] = {permit(Msg::tried, Phase::open, Times::many),
                                        permit(Msg::done, Phase::open, Times::once)};

}  // namespace gw::ipc::probe

namespace gw::ipc::evidence {

enum class Msg : std::uint16_t {
  record = 1,  ///< sealed Signed: the proof as text, its signature and the key to check it with
  failed = 2,  ///< Failed
};
enum class Phase : std::uint8_t { open };

struct Signed {
  std::string record{};                    ///< JSON
  std::vector<std::uint8_t> signature{};   ///< Ed25519 (RFC 8032) over the record's bytes
  std::string public_key{};                ///< PEM
};
struct Failed {
  ErrorCode code{};
  std::string detail{};
};

inline constexpr std::size_t kMaxRecord = 32u << 20;

template <class Io> void visit(Io& io, Signed& m) {
  io.text(m.record, kMaxRecord);
  io.blob(m.signature, 64);
  io.text(m.public_key, 1024);
}
template <class Io> void visit(Io& io, Failed& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}

inline constexpr Permit kFromSigner[] = {permit(Msg::record, Phase::open, Times::once, 1),
                                         permit(Msg::failed, Phase::open, Times::once)};

}  // namespace gw::ipc::evidence
