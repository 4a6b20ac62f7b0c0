#pragma once

#include <array>

#include "ca/issuer.h"
#include "ca/serial.h"

namespace gw::ca {

/// Why a certificate no longer counts (RFC 5280 5.3.1). removeFromCRL is for lists that add to others.
enum class Reason : std::uint8_t {
  unspecified = 0,
  key_compromise = 1,
  authority_compromise = 2,
  affiliation_changed = 3,
  superseded = 4,
  cessation = 5,
  hold = 6,
  privilege_withdrawn = 9,
};
inline constexpr std::array kReasonWords{
    Word<Reason>{Reason::unspecified, "unspecified"},
    Word<Reason>{Reason::key_compromise, "key_compromise"},
    Word<Reason>{Reason::authority_compromise, "authority_compromise"},
    Word<Reason>{Reason::affiliation_changed, "affiliation_changed"},
    Word<Reason>{Reason::superseded, "superseded"},
    Word<Reason>{Reason::cessation, "cessation"},
    Word<Reason>{Reason::hold, "hold"},
    Word<Reason>{Reason::privilege_withdrawn, "privilege_withdrawn"},
};

/// A site's lists and answers are believed for so long.
inline constexpr std::chrono::hours kListLife{24 * 7};
/// Longest time between any two lists or answers.
inline constexpr std::chrono::hours kLongestBetween{24 * 400};

struct ListEntry {
  Serial serial;
  model::CivilSeconds when;
  Reason reason = Reason::unspecified;
};

/// What a list says of itself.
struct ListFacts {
  std::uint64_t number = 0;  ///< grows with each list of the authority (RFC 5280 5.2.3)
  model::CivilSeconds this_update{0};
  model::CivilSeconds next_update{0};  ///< from then on nobody need believe it
};

/// A complete revocation list of version 2 in DER (RFC 5280 5), with its number and whose key signed it.
/// issue.issuer_unsuitable; issue.outside_profile for times that do not follow each other within
/// kLongestBetween, or a certificate that stands there twice; the key's errors.
Result<Octets> make_list(const X509* issuer_certificate, const ListFacts& facts,
                         const std::vector<ListEntry>& entries, keys::PrivateKey& issuer_key);

/// issue.outside_profile unless the one comes after the other, and not too long after.
Result<> check_updates(model::CivilSeconds this_update, model::CivilSeconds next_update);

}  // namespace gw::ca
