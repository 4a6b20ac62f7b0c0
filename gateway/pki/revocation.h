#pragma once

#include <optional>
#include <variant>

#include "model/configuration.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// Why nothing is known of a certificate's revocation.
enum class Doubt : std::uint8_t {
  no_list,      ///< nobody gave us a list of this issuer
  no_answer,    ///< nothing was stapled
  not_fetched,  ///< the responder gave no answer that counts
  unreadable,   ///< not a list, not an answer
  too_large,
  foreign_issuer,       ///< the list is another issuer's
  issuer_may_not_sign,  ///< no cRLSign, no id-kp-OCSPSigning, not issued by the authority itself
  bad_signature,
  weak_signature,
  unknown_extension,    ///< a critical one
  unsupported_kind,     ///< delta, indirect, attribute certificates, relative distribution point
  out_of_scope,         ///< complete for other certificates than this one
  not_yet,              ///< thisUpdate lies ahead
  stale,                ///< nextUpdate is past, or missing
  responder_failed,     ///< an OCSP answer without an answer (RFC 6960 2.3)
  other_certificate,    ///< an OCSP answer about something else
  not_known_to_issuer,  ///< OCSP "unknown" (RFC 6960 2.2)
};

struct Good {
  model::CivilSeconds fresh_until;  ///< from then on it has to be asked again
};
struct Revoked {
  int reason;                ///< CRLReason (RFC 5280 5.3.1), 0 if none is given
  model::CivilSeconds when;  ///< seconds since 1970
};
struct Unknown {
  Doubt why;
};
/// What a list or an answer says of one certificate.
using RevocationVerdict = std::variant<Good, Revoked, Unknown>;

/// How much a lack of knowledge weighs (SRV-03): `hard` refuses; `soft_until` lets it pass before that time,
/// so that a list that cannot be had does not stop a clinic, and not for ever. A revoked certificate never
/// passes.
class RevocationPolicy {
 public:
  static RevocationPolicy hard() { return RevocationPolicy(std::nullopt); }
  static RevocationPolicy soft_until(model::CivilSeconds end) { return RevocationPolicy(end); }

  bool lets_doubt_pass(model::CivilSeconds now) const { return soft_end_ && now < *soft_end_; }
  /// From then on no doubt passes; long ago for `hard`.
  model::CivilSeconds doubts_end() const { return soft_end_.value_or(model::CivilSeconds::min()); }

 private:
  explicit RevocationPolicy(std::optional<model::CivilSeconds> soft_end) : soft_end_(soft_end) {}
  std::optional<model::CivilSeconds> soft_end_;
};

/// The fault to refuse for, `none` to go on. Pure.
Finding revocation_finding(const RevocationVerdict& verdict, const RevocationPolicy& policy,
                           model::CivilSeconds now);
/// The same as a close reason; nothing to go on.
std::optional<model::CloseReason> refusal_of(Peer peer, const RevocationVerdict& verdict,
                                             const RevocationPolicy& policy, model::CivilSeconds now);

/// From then on a verdict that was not refused for it has to be given again. Pure.
model::CivilSeconds holds_until(const RevocationVerdict& verdict, const RevocationPolicy& policy);

/// In words, for the operator.
const char* words_for(Doubt doubt);

}  // namespace gw::pki
