#pragma once

#include <cstddef>
#include <list>
#include <map>

#include "model/configuration.h"
#include "pki/certificate.h"
#include "pki/identity.h"

namespace gw::pki {

/// Remembers good verdicts by leaf fingerprint, so that a terminal that comes back every minute is not built
/// and verified from nothing each time. Proof of possession is never remembered: the handshake asks for it
/// each time. Lives inside one TLS context, so a new generation starts empty. Bounded, least recently used.
class VerdictCache {
 public:
  explicit VerdictCache(std::size_t capacity = 4096) : capacity_(capacity) {}

  /// What was found, for as long as it holds.
  struct Entry {
    IdentityPtr identity;
    model::CivilSeconds begins;
    model::CivilSeconds ends;
  };

  /// Null once a certificate of the chain has ended. Borrowed until the next call.
  const Entry* find(const Sha256& leaf, model::CivilSeconds now);
  /// `chain_ends`: the earliest end of validity in the verified chain.
  void remember(IdentityPtr identity, model::CivilSeconds chain_begins, model::CivilSeconds chain_ends);
  std::size_t size() const { return entries_.size(); }

 private:
  using Order = std::list<Entry>;

  std::size_t capacity_;
  Order order_;  // most recently used first
  std::map<Sha256, Order::iterator> entries_;
};

}  // namespace gw::pki
