#pragma once

#include "keys/vault.h"

namespace gw::keys::tests {

/// A key that takes note instead of signing: its signature is its own number.
class StillKey : public PrivateKey {
 public:
  explicit StillKey(std::uint8_t number, Keeping keeping = Keeping::tpm) : number_{number}, keeping_(keeping) {}
  Keeping keeping() const override { return keeping_; }
  const std::vector<std::uint8_t>& public_key() const override { return number_; }
  Result<std::vector<std::uint8_t>> sign(model::SignatureScheme, Bytes) override { return number_; }

 private:
  std::vector<std::uint8_t> number_;
  Keeping keeping_;
};

inline HeldKeyPtr held(std::uint8_t number) {
  return std::make_shared<const HeldKey>(HeldKey{std::make_unique<StillKey>(number), {}});
}

}  // namespace gw::keys::tests
