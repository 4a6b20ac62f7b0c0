#pragma once

#include "keys/private_key.h"
#include "tls/remote_key.h"

namespace gw::renewer {

/// A key of keyd's for a TLS handshake. The handshake waits for each signature: there is only one.
class NearKey : public tls::RemoteKey {
 public:
  /// `key` outlives it.
  explicit NearKey(keys::PrivateKey& key) : key_(key) {}

  std::unique_ptr<tls::PendingSignature> sign(model::SignatureScheme scheme, Bytes message,
                                              sys::Wake& wake) override;

 private:
  keys::PrivateKey& key_;
};

}  // namespace gw::renewer
