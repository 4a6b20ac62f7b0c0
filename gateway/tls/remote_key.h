#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "model/close_reason.h"
#include "model/signature_scheme.h"
#include "pki/handles.h"
#include "sys/reactor.h"

namespace gw::tls {

/// A signature under way. Dropping it forgets it.
class PendingSignature {
 public:
  /// The signature, or why there is none.
  using Answer = std::variant<std::vector<std::uint8_t>, model::CloseReason>;

  virtual ~PendingSignature() = default;
  virtual const std::optional<Answer>& answer() const = 0;
};

/// A private key that is not in this process (CRT-01). One thread.
class RemoteKey {
 public:
  virtual ~RemoteKey() = default;
  /// Begins a signature over the whole message, which is copied. `wake` is signalled when there is an answer,
  /// which may be before this returns; it must outlive the pending signature.
  virtual std::unique_ptr<PendingSignature> sign(model::SignatureScheme scheme, Bytes message,
                                                 sys::Wake& wake) = 0;
};

/// What a context signs its handshakes with: a key of this process, or one elsewhere. Borrowed from whoever
/// makes the context; shared with it if it is elsewhere.
using OwnKey = std::variant<EVP_PKEY*, std::shared_ptr<RemoteKey>>;

}  // namespace gw::tls
