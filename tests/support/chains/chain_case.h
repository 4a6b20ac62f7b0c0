#pragma once

#include <openssl/ssl.h>

#include <span>
#include <string>
#include <vector>

#include "model/close_reason.h"
#include "pki/verify_error.h"
#include "support/draft.h"

namespace gw::support {

/// What a peer sends and what the box trusts, before anything is signed. It begins as a good chain of three
/// (root, issuing authority, leaf), and a case spoils or bends it.
struct ChainDraft {
  static ChainDraft good(pki::Peer side);

  pki::Peer side;
  std::string now = "261122120000Z";        ///< what the box's clock says
  std::vector<CertificateDraft> sent{};     ///< leaf first
  std::vector<CertificateDraft> anchors{};  ///< what the box trusts

  CertificateDraft& leaf() { return sent[0]; }
  CertificateDraft& issuing() { return sent[1]; }
  CertificateDraft& root() { return anchors[0]; }
  /// Puts one more authority between the issuing one and the leaf. Returns it.
  CertificateDraft& deepen(const std::string& name);
  /// The leaf is issued by this authority from now on.
  void issue_leaf_from(const CertificateDraft& authority);

  bool is_terminal() const { return side == pki::Peer::terminal; }
  /// The name that the box looks for on this side, as a GeneralName, and the purpose's object identifier.
  std::string own_name() const;
  std::string purpose() const;
  std::string other_purpose() const;
  /// The leaf carries its own name and these.
  void name_also(const std::vector<std::string>& general_names);

  Issued credential() const;
  std::string anchors_pem() const;
};

inline constexpr const char* kCloudHost = "emr.cloud.example";

/// What the box says of a chain: a reason, or `finished` for "believed", and the fatal alert that the peer
/// sees of it (RFC 8446 6.2).
struct Outcome {
  model::CloseReason terminal;
  model::CloseReason cloud;
  int alert = SSL_AD_BAD_CERTIFICATE;
  model::CloseReason of(pki::Peer side) const { return side == pki::Peer::terminal ? terminal : cloud; }
};

namespace outcome {
using R = model::CloseReason;
inline constexpr Outcome kBelieved{R::finished, R::finished, 0};
inline constexpr Outcome kUntrusted{R::certificate_untrusted, R::upstream_certificate_untrusted,
                                    SSL_AD_UNKNOWN_CA};
inline constexpr Outcome kForged{R::certificate_untrusted, R::upstream_certificate_untrusted};
inline constexpr Outcome kExpired{R::certificate_expired, R::upstream_certificate_expired,
                                  SSL_AD_CERTIFICATE_EXPIRED};
inline constexpr Outcome kEarly{R::certificate_not_yet_valid, R::upstream_certificate_expired,
                                SSL_AD_CERTIFICATE_EXPIRED};
inline constexpr Outcome kMalformed{R::certificate_malformed, R::upstream_certificate_malformed};
inline constexpr Outcome kUsage{R::certificate_wrong_usage, R::upstream_certificate_usage,
                                SSL_AD_UNSUPPORTED_CERTIFICATE};
inline constexpr Outcome kWeak{R::certificate_weak, R::upstream_certificate_weak};
inline constexpr Outcome kTooLong{R::certificate_chain_too_long, R::upstream_certificate_untrusted,
                                  SSL_AD_UNKNOWN_CA};
inline constexpr Outcome kConstraint{R::certificate_name_constraint, R::upstream_certificate_name,
                                     SSL_AD_CERTIFICATE_UNKNOWN};
inline constexpr Outcome kNameless{R::certificate_no_identity, R::upstream_certificate_name};
/// Believed of a terminal, whose rules judge the name later; not the name of the service.
inline constexpr Outcome kNotTheService{R::finished, R::upstream_certificate_name};
}  // namespace outcome

/// What libcrypto says of a refused chain without our own checks.
enum class Alone : std::uint8_t {
  refuses,       ///< as it is used by default
  refuses_flag,  ///< only with X509_V_FLAG_X509_STRICT
  believes,      ///< even with it
};

/// One row a rule. `kept_in_memory`: stock OpenSSL cannot be made to send it; why.
struct ChainCase {
  const char* name;
  const char* clause;
  void (*make)(ChainDraft&);
  Outcome expected;
  Alone alone = Alone::refuses;
  const char* kept_in_memory = nullptr;
};

namespace chains {
std::span<const ChainCase> validity();
std::span<const ChainCase> form();
std::span<const ChainCase> authorities();
std::span<const ChainCase> key_identifiers();
std::span<const ChainCase> purposes();
std::span<const ChainCase> constraints();
std::span<const ChainCase> address_constraints();
std::span<const ChainCase> names();
std::span<const ChainCase> host_names();
std::span<const ChainCase> strength();
std::span<const ChainCase> paths();
std::span<const ChainCase> policies();
}  // namespace chains

/// Every row of every topic.
std::vector<ChainCase> all_chain_cases();

/// Seconds since 1970 of "YYMMDDHHMMSSZ" or "YYYYMMDDHHMMSSZ".
std::chrono::seconds moment_of(const std::string& asn1_time);

}  // namespace gw::support
