#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "model/configuration.h"
#include "pki/revocation_list.h"
#include "pki/trust_set.h"

namespace gw::pki {

/// What one side of a tenant or service goes by: whom it trusts and when, and what is known of revocation.
/// Read once, shared by the contexts of that side. One thread, as the lists are.
struct Trust {
  std::shared_ptr<const TrustSet> anchors{};
  std::shared_ptr<const RevocationLists> lists{};  ///< null: no list is asked
  RevocationPolicy policy = RevocationPolicy::hard();
};

/// certificate.unreadable, trust.span_empty, revocation.unreadable.
Result<Trust> read_trust(const std::vector<model::TrustAnchors>& anchors,
                         const model::Revocation& revocation);

/// Is this a revocation list, and did an authority of the PEM text issue it, as far as names tell?
/// revocation.unreadable, revocation.foreign_issuer, certificate.unreadable.
Result<> look_into_list(Bytes list, std::string_view anchors_pem);

}  // namespace gw::pki
