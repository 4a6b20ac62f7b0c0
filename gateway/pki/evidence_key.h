#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "pki/handles.h"

namespace gw::pki {

/// The key with which the box signs what it proves about itself (ISO-09): Ed25519 (RFC 8032), made on the
/// box, in one file. Whoever has the public half can check a record with any tool that knows Ed25519.
class EvidenceKey {
 public:
  /// From the file, as PKCS#8 PEM; an empty file gets a new key first. evidence.key_unusable if it holds
  /// anything else. Signs once for nothing, so that the library has found its algorithms before any wall is
  /// up.
  static Result<EvidenceKey> read_or_make(int file);

  Result<std::vector<std::uint8_t>> sign(Bytes record) const;
  /// SubjectPublicKeyInfo, PEM.
  Result<std::string> public_pem() const;

 private:
  explicit EvidenceKey(KeyPtr key) : key_(std::move(key)) {}
  KeyPtr key_;
};

}  // namespace gw::pki
