#include "pki/verdict_cache.h"

namespace gw::pki {

const VerdictCache::Entry* VerdictCache::find(const Sha256& leaf, model::CivilSeconds now) {
  const auto it = entries_.find(leaf);
  if (it == entries_.end()) return nullptr;
  if (now < it->second->begins || now > it->second->ends) {
    order_.erase(it->second);
    entries_.erase(it);
    return nullptr;
  }
  order_.splice(order_.begin(), order_, it->second);
  return &*it->second;
}

void VerdictCache::remember(IdentityPtr identity, model::CivilSeconds begins, model::CivilSeconds ends) {
  const Sha256 leaf = identity->fingerprint();
  if (entries_.contains(leaf)) return;
  if (entries_.size() == capacity_) {
    entries_.erase(order_.back().identity->fingerprint());
    order_.pop_back();
  }
  order_.push_front({std::move(identity), begins, ends});
  entries_.emplace(leaf, order_.begin());
}

}  // namespace gw::pki
