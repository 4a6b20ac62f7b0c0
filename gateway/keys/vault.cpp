#include "keys/vault.h"

namespace gw::keys {

void Vault::stage(model::Generation generation, const std::string& tenant, model::KeyId key, HeldKeyPtr held) {
  rings_[generation].insert_or_assign({tenant, key}, std::move(held));
}

void Vault::abandon() { rings_.erase(rings_.upper_bound(in_force_), rings_.end()); }

void Vault::commit(model::Generation generation) {
  rings_[generation];  // a generation without keys is one, too
  in_force_ = generation;
  abandon();
  while (rings_.size() > 2) rings_.erase(rings_.begin());
}

HeldKeyPtr Vault::find(const std::string& tenant, model::Generation generation, model::KeyId key) const {
  const auto ring = rings_.find(generation);
  if (ring == rings_.end()) return nullptr;
  const auto held = ring->second.find({tenant, key});
  return held == ring->second.end() ? nullptr : held->second;
}

}  // namespace gw::keys
