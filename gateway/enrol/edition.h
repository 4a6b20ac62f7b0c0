#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "model/snapshot.h"
#include "tls/context.h"

namespace gw::enrol {

/// What one generation says of a tenant's enrolment.
struct Edition {
  model::SnapshotPtr snapshot{};
  tls::ContextPtr context{};  ///< null: the box has no certificate to show yet
  /// Whom a terminal is to trust, DER: who vouches for terminals, and who vouches for the box as far as that
  /// stands behind its own certificate (RFC 7030 4.1).
  std::vector<std::vector<std::uint8_t>> authorities{};
};

using KeyOf = std::function<tls::OwnKey(model::KeyId)>;
/// The errors of reading certificates and lists, and of setting TLS up. The clock outlives it.
Result<std::shared_ptr<const Edition>> edition_of(model::SnapshotPtr snapshot, const KeyOf& key_of,
                                                  const Clock& clock);

}  // namespace gw::enrol
