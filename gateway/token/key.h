#pragma once

#include <memory>
#include <optional>

#include "keys/manner.h"
#include "keys/private_key.h"
#include "keys/public_half.h"
#include "token/module.h"

namespace gw::token {

/// One key in a token, with a session of its own.
class Key final : public keys::PrivateKey {
 public:
  static Result<std::unique_ptr<Key>> open(Module& module, Uri uri);
  ~Key() override;

  keys::Keeping keeping() const override { return keys::Keeping::token; }
  const std::vector<std::uint8_t>& public_key() const override { return half_->der(); }
  /// Checked with the public half before it is given out: the one beside the key might be another key's.
  Result<std::vector<std::uint8_t>> sign(model::SignatureScheme scheme, Bytes message) override;

 private:
  struct Seat {
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
  };
  /// What one attempt came to.
  struct Attempt {
    CK_RV code;
    std::vector<std::uint8_t> octets;
  };

  Key(Module& module, Uri uri) : module_(module), uri_(std::move(uri)) {}
  Result<> take_seat();
  void leave_seat();
  Attempt attempt(keys::Manner manner, Bytes hash);
  Result<std::vector<std::uint8_t>> raw_signature(keys::Manner manner, Bytes hash);

  Module& module_;
  Uri uri_;
  std::optional<Seat> seat_;
  std::optional<keys::PublicHalf> half_;
};

}  // namespace gw::token
