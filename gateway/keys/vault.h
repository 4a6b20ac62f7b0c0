#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "keys/private_key.h"
#include "model/ids.h"
#include "model/key_use.h"

namespace gw::keys {

/// A key with its purpose.
struct HeldKey {
  PrivateKeyPtr key{};
  model::KeyUse use{};
};
/// Shared with the signature under way, which may outlive the generation.
using HeldKeyPtr = std::shared_ptr<const HeldKey>;

/// The keys of the generation in force, of the one before it, whose handshakes may still be under way, and of
/// the one that is prepared. Nobody is given a key: callers name tenant, generation and number. Tenants go by
/// name, since a number is another tenant's once the list of them has changed. One thread.
class Vault {
 public:
  void stage(model::Generation generation, const std::string& tenant, model::KeyId key, HeldKeyPtr held);
  /// Keys that are here no longer. Whoever is handed them ends them: that may take as long as a TPM takes.
  using Dropped = std::vector<HeldKeyPtr>;
  /// Forgets what was staged and never put in force.
  [[nodiscard]] Dropped abandon();
  /// From here on it is in force. The one before the last goes.
  [[nodiscard]] Dropped commit(model::Generation generation);

  /// Null: this tenant has no such key in that generation.
  HeldKeyPtr find(const std::string& tenant, model::Generation generation, model::KeyId key) const;

 private:
  using Place = std::pair<std::string, model::KeyId>;
  using Ring = std::map<Place, HeldKeyPtr>;

  using Rings = std::map<model::Generation, Ring>;
  void drop(Rings::iterator from, Rings::iterator to, Dropped& dropped);

  Rings rings_;
  model::Generation in_force_{};
};

}  // namespace gw::keys
