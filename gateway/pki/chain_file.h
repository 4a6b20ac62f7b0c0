#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "pki/verifier.h"

namespace gw::pki {

/// What the box would say to a chain in a handshake, and what is wrong with it.
struct ChainVerdict {
  std::optional<model::CloseReason> reason{};  ///< nothing: it is believed
  Finding finding{};
  IdentityPtr identity{};  ///< of a chain that is believed
};

/// Judges a chain that is in a file: leaf first, as a peer would send it. Revocation is not asked about, and
/// proof of possession cannot be. certificate.unreadable for either text.
Result<ChainVerdict> judge_chain(std::string_view chain_pem, std::string_view anchors_pem,
                                 const PeerDemands& demands, const Clock& clock);

}  // namespace gw::pki
