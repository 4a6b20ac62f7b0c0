#include "keys/vault.h"

namespace gw::keys {

void Vault::stage(model::Generation generation, const std::string& tenant, model::KeyId key,
                  HeldKeyPtr held) {
  rings_[generation].insert_or_assign({tenant, key}, std::move(held));
}

void Vault::drop(Rings::iterator from, Rings::iterator to, Dropped& dropped) {
  for (auto ring = from; ring != to; ++ring)
    for (auto& [place, held] : ring->second) dropped.push_back(std::move(held));
  rings_.erase(from, to);
}

Vault::Dropped Vault::abandon() {
  Dropped dropped;
  drop(rings_.upper_bound(in_force_), rings_.end(), dropped);
  return dropped;
}

Vault::Dropped Vault::commit(model::Generation generation) {
  rings_[generation];  // a generation without keys is one, too
  in_force_ = generation;
  Dropped dropped = abandon();
  while (rings_.size() > 2) drop(rings_.begin(), std::next(rings_.begin()), dropped);
  return dropped;
}

HeldKeyPtr Vault::find(const std::string& tenant, model::Generation generation, model::KeyId key) const {
  const auto ring = rings_.find(generation);
  if (ring == rings_.end()) return nullptr;
  const auto held = ring->second.find({tenant, key});
  return held == ring->second.end() ? nullptr : held->second;
}

}  // namespace gw::keys
