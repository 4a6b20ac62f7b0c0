#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "model/keeping.h"
#include "model/signature_scheme.h"

namespace gw::keys {

using model::Keeping;

/// A private key of the box. It signs and shows its public half; nothing else can be had of it. One thread.
class PrivateKey {
 public:
  PrivateKey() = default;
  PrivateKey(const PrivateKey&) = delete;
  PrivateKey& operator=(const PrivateKey&) = delete;
  virtual ~PrivateKey() = default;

  virtual Keeping keeping() const = 0;
  /// SubjectPublicKeyInfo, DER.
  virtual const std::vector<std::uint8_t>& public_key() const = 0;
  /// Over the whole message, hash included. May take as long as a TPM takes. key.unavailable if whatever
  /// keeps the key does not answer, key.scheme_unsuitable if this key does not sign that way.
  virtual Result<std::vector<std::uint8_t>> sign(model::SignatureScheme scheme, Bytes message) = 0;
  /// What keeps it answers no more: nothing is to be hoped for before there is a new connection.
  virtual bool is_lost() const { return false; }
};

using PrivateKeyPtr = std::unique_ptr<PrivateKey>;

}  // namespace gw::keys
