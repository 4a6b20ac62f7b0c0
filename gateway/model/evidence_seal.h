#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gw::model {

/// What the box signs of evidence (GOV-03): that it made files with these sums, and signed that then. It
/// begins like nothing else that is signed with the key of its records (model/checkpoint.h).
struct EvidenceSeal {
  std::uint64_t number = 0;  ///< the document's; it grows by one on a box, so that one left out is missed
  std::array<std::uint8_t, 32> sums{};  ///< SHA-256 of the octets of sha256sums.txt
  std::chrono::seconds made{0};         ///< the seal, by the box's clock when it signed; since 1970, UTC

  friend bool operator==(const EvidenceSeal&, const EvidenceSeal&) = default;
};
/// The octets that are signed: four lines of text.
std::string text_of(const EvidenceSeal& seal);
/// Of exactly that text.
std::optional<EvidenceSeal> parse_evidence_seal(std::string_view text);

}  // namespace gw::model
