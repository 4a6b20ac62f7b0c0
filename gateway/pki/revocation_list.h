#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "pki/certificate.h"
#include "pki/handles.h"
#include "pki/revocation.h"

namespace gw::pki {

using CrlPtr = std::unique_ptr<X509_CRL, Freer<X509_CRL_free>>;

/// Largest list that is read, octets.
inline constexpr std::size_t kMaxListOctets = model::kMaxRevocationList;

/// A complete revocation list of one issuer (RFC 5280 5): read once, asked often. Delta and indirect lists
/// are read and answer every question with a doubt. One thread: libcrypto sorts entries when first asked.
class RevocationList {
 public:
  /// DER, or PEM with exactly one block. revocation.unreadable if it is neither or too large.
  static Result<RevocationList> read(Bytes octets);

  /// What the list says of a certificate whose issuer has been verified (RFC 5280 6.3.3). A certificate on a
  /// list that is stale is still revoked.
  RevocationVerdict judge(const X509* certificate, X509* issuer, model::CivilSeconds now) const;

  bool is_of(const X509* issuer) const;
  std::string issuer_text() const;
  /// When it was issued; the beginning of time if it does not say.
  model::CivilSeconds this_update() const;
  /// The time after which it is stale; the beginning of time if it does not say.
  model::CivilSeconds next_update() const;

 private:
  RevocationList(CrlPtr list, bool has_demanding_entry)
      : list_(std::move(list)), has_demanding_entry_(has_demanding_entry) {}
  bool is_signed_by(X509* issuer) const;

  CrlPtr list_;
  bool has_demanding_entry_;
  mutable std::optional<Sha256> signer_{};  // whose signature it was found to be, once
};

/// What is known of a verified chain's revocation, for every certificate below the anchor: the worst of all,
/// with revoked before unknown before good. A good verdict is fresh as long as every list of it. An anchor
/// has nobody who could revoke it.
class RevocationLists {
 public:
  explicit RevocationLists(std::vector<RevocationList> lists) : lists_(std::move(lists)) {}
  RevocationVerdict judge(const STACK_OF(X509) * chain, model::CivilSeconds now) const;

 private:
  RevocationVerdict judge_one(const X509* certificate, X509* issuer, model::CivilSeconds now) const;
  std::vector<RevocationList> lists_;
};

}  // namespace gw::pki
