#pragma once

// proxyd <-> keyd: "sign this handshake". The proxy shows the whole message that is signed, so that keyd can
// see that it is a handshake; what is no handshake of the key's role ends the channel.

#include <vector>

#include "ipc/conversation.h"
#include "model/ids.h"
#include "model/key_use.h"
#include "model/signature_scheme.h"

namespace gw::ipc::key {

enum class Msg : std::uint16_t {
  sign = 1,        ///< proxyd -> keyd: Sign
  signature = 32,  ///< keyd -> proxyd: Signature
  refused = 33,    ///< keyd -> proxyd: Refused
};
enum class Phase : std::uint8_t { open };

/// Requests of one proxyd that may be under way at once; more wait in the proxyd.
inline constexpr std::size_t kAtOnce = 32;
/// A TLS 1.2 client signs all handshake messages so far, certificates included.
inline constexpr std::uint32_t kMostMessage = 60 * 1024;

struct Sign {
  model::Generation generation{};  ///< that the key's id belongs to
  model::KeyId key{};
  model::TlsRole role{};
  model::SignatureScheme scheme{};
  std::vector<std::uint8_t> message{};
};
struct Signature {
  std::vector<std::uint8_t> bytes{};
};
enum class Refusal : std::uint8_t {
  unknown_key,  ///< of another generation, or never handed over
  unavailable,  ///< what keeps the key does not answer
  unsuitable,   ///< the key does not sign this way
  ended,        ///< a handshake of TLS 1.2, and the exception for it has ended
};
struct Refused {
  Refusal why{};
};

template <class Io> void visit(Io& io, Sign& m) {
  io.field(m.generation);
  io.field(m.key);
  io.choice(m.role, model::TlsRole::cloud_side);
  io.choice(m.scheme, model::SignatureScheme::pkcs1_sha512);
  io.blob(m.message, kMostMessage);
}
template <class Io> void visit(Io& io, Signature& m) { io.blob(m.bytes, 1024); }
template <class Io> void visit(Io& io, Refused& m) { io.choice(m.why, Refusal::ended); }

inline constexpr Permit kFromProxy[] = {permit(Msg::sign, Phase::open, Times::many)};
inline constexpr Permit kFromKeyd[] = {permit(Msg::signature, Phase::open, Times::many),
                                       permit(Msg::refused, Phase::open, Times::many)};

}  // namespace gw::ipc::key
