#pragma once

#include "keys/public_half.h"
#include "keys/tpm.h"

namespace gw::keys {

/// One key of a TPM. Made by Tpm::open_key alone.
class TpmKey final : public PrivateKey {
 public:
  TpmKey(Tpm& tpm, TpmKeyFile file, PublicHalf half);
  ~TpmKey() override;

  Keeping keeping() const override { return Keeping::tpm; }
  const std::vector<std::uint8_t>& public_key() const override { return half_.der(); }
  /// Checked with the public half before it is given out: a TPM's salt may have another length than TLS
  /// wants.
  Result<std::vector<std::uint8_t>> sign(model::SignatureScheme scheme, Bytes message) override;

  bool is_lost() const override { return !tpm_.is_connected(); }

 private:
  friend class Tpm;
  Tpm& tpm_;
  Tpm::Kept kept_;
  PublicHalf half_;
};

}  // namespace gw::keys
