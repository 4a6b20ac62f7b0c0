#pragma once

#include <openssl/core_dispatch.h>

#include <vector>

#include "tls/remote_key.h"

namespace gw::tls {

/// While it lives, the handshake that runs on this thread signs with a key that is elsewhere. While there is
/// no signature yet, the handshake pauses: it must run as an asynchronous job of libcrypto
/// (SSL_MODE_ASYNC), which comes back with SSL_ERROR_WANT_ASYNC and goes on when it is called once more,
/// under a turn again.
class SigningTurn {
 public:
  enum class Intent : std::uint8_t { go_on, give_up };

  SigningTurn(RemoteKey& key, sys::Wake& wake, Intent intent = Intent::go_on);
  SigningTurn(const SigningTurn&) = delete;
  SigningTurn& operator=(const SigningTurn&) = delete;
  ~SigningTurn();

  /// Why the last signature could not be had, if it could not.
  const std::optional<model::CloseReason>& failure() const { return failure_; }
  /// For libcrypto's side of it: a signature, however long it takes. False: there is none.
  static bool sign(model::SignatureScheme scheme, Bytes message, std::vector<std::uint8_t>& signature);
  /// Is one under way on this thread?
  static bool is_on();

 private:
  RemoteKey& key_;
  sys::Wake& wake_;
  Intent intent_;
  std::optional<model::CloseReason> failure_;
};

/// Puts our own signing into the signature algorithms of a provider's table, in the place of the library's:
/// under a SigningTurn the key elsewhere signs, otherwise the library as before. Verification stays the
/// library's. The table is borrowed and changed in place.
void let_keys_elsewhere_sign(std::vector<OSSL_ALGORITHM>& signatures);

}  // namespace gw::tls
