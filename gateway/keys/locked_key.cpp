#include "keys/locked_key.h"

namespace gw::keys {
namespace {

class LockedKey : public PrivateKey {
 public:
  LockedKey(PrivateKeyPtr key, std::mutex& keeper) : keeper_(keeper), key_(std::move(key)) {}
  ~LockedKey() override {
    const std::lock_guard lock(keeper_);
    key_.reset();
  }
  Keeping keeping() const override { return key_->keeping(); }
  const std::vector<std::uint8_t>& public_key() const override { return key_->public_key(); }
  Result<std::vector<std::uint8_t>> sign(model::SignatureScheme scheme, Bytes message) override {
    const std::lock_guard lock(keeper_);
    return key_->sign(scheme, message);
  }

  bool is_lost() const override {
    const std::lock_guard lock(keeper_);
    return key_->is_lost();
  }

 private:
  std::mutex& keeper_;
  PrivateKeyPtr key_;
};

}  // namespace

PrivateKeyPtr locked(PrivateKeyPtr key, std::mutex& keeper) {
  return std::make_unique<LockedKey>(std::move(key), keeper);
}

}  // namespace gw::keys
