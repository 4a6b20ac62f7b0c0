#pragma once

// one-shot <-> keyd: work with the box's keys outside a tenant's handshakes. What may be made and signed is the
// trade that the supervisor gave the channel (ipc/messages/control_compartment.h); whatever else is asked for ends
// it. keyd <-> tokend: keys of a PKCS#11 token. Numbers of keys are the channel's own, and its keys end with it.

#include <string>
#include <vector>

#include "ipc/conversation.h"
#include "model/keeping.h"
#include "model/key_kind.h"
#include "model/signature_scheme.h"

namespace gw::ipc::key_work {

enum class Msg : std::uint16_t {
  make = 1,        ///< Make: a new key
  open = 2,        ///< Open: a key that was made so before
  sign = 3,        ///< Sign
  forget = 4,      ///< Forget: a key is not used any more; no answer
  opened = 32,     ///< Opened: answers make and open
  signature = 33,  ///< Signature
  refused = 34,    ///< Refused: of make, open or sign
};
enum class Phase : std::uint8_t { open };

/// Keys of a one-shot's channel, and of any. One request is under way at a time.
inline constexpr std::uint32_t kMostKeys = 4;
inline constexpr std::uint32_t kMostNumber = 0xffff;
inline constexpr std::uint32_t kMostContent = 16 * 1024;
inline constexpr std::uint32_t kMostMessage = 60 * 1024;

struct Make {
  model::KeyKind kind{};
};
struct Open {
  std::vector<std::uint8_t> content{};
};
struct Opened {
  std::uint32_t key = 0;
  model::Keeping keeping{};
  std::vector<std::uint8_t> public_key{};  ///< SubjectPublicKeyInfo, DER
  std::vector<std::uint8_t> content{};     ///< of a new key: what opens it again, PEM; of use on this box alone
};
struct Sign {
  std::uint32_t key = 0;
  model::SignatureScheme scheme{};
  std::vector<std::uint8_t> message{};
};
struct Forget {
  std::uint32_t key = 0;
};
struct Signature {
  std::vector<std::uint8_t> bytes{};
};
struct Refused {
  ErrorCode code{};
  std::string detail{};
};

template <class Io> void visit(Io& io, Make& m) { io.choice(m.kind, model::KeyKind::rsa_3072); }
template <class Io> void visit(Io& io, Open& m) { io.blob(m.content, kMostContent); }
template <class Io> void visit(Io& io, Opened& m) {
  io.range(m.key, 0u, kMostNumber);
  io.choice(m.keeping, model::Keeping::plain_file);
  io.blob(m.public_key, 1024);
  io.blob(m.content, kMostContent);
}
template <class Io> void visit(Io& io, Sign& m) {
  io.range(m.key, 0u, kMostNumber);
  io.choice(m.scheme, model::SignatureScheme::pkcs1_sha512);
  io.blob(m.message, kMostMessage);
}
template <class Io> void visit(Io& io, Forget& m) { io.range(m.key, 0u, kMostNumber); }
template <class Io> void visit(Io& io, Signature& m) { io.blob(m.bytes, 1024); }
template <class Io> void visit(Io& io, Refused& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}

inline constexpr Permit kToKeyd[] = {permit(Msg::make, Phase::open, Times::many),
                                     permit(Msg::open, Phase::open, Times::many),
                                     permit(Msg::sign, Phase::open, Times::many)};
inline constexpr Permit kToTokend[] = {permit(Msg::open, Phase::open, Times::many),
                                       permit(Msg::sign, Phase::open, Times::many),
                                       permit(Msg::forget, Phase::open, Times::many)};
inline constexpr Permit kFromKeyd[] = {permit(Msg::opened, Phase::open, Times::many),
                                       permit(Msg::signature, Phase::open, Times::many),
                                       permit(Msg::refused, Phase::open, Times::many)};

}  // namespace gw::ipc::key_work
