#include "pki/revocation_list.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <optional>

#include "pki/list_scope.h"
#include "pki/names_text.h"
#include "pki/strength.h"
#include "pki/times.h"

namespace gw::pki {
namespace {

Error unreadable(const char* why) { return {ErrorCode::revocation_unreadable, why}; }

CrlPtr from_pem(Bytes octets) {
  const BioPtr bio(BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())));
  CrlPtr list(bio ? PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!list) return nullptr;
  const CrlPtr second(PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr));
  return second ? nullptr : std::move(list);
}

CrlPtr from_der(Bytes octets) {
  const unsigned char* at = octets.data();
  CrlPtr list(d2i_X509_CRL(nullptr, &at, static_cast<long>(octets.size())));
  return at == octets.data() + octets.size() ? std::move(list) : nullptr;
}

/// RFC 5280 6.3.3 (f): this issuer, who may sign lists, with an algorithm that is worth it.
std::optional<Doubt> doubt_about_signer(const X509_CRL* list, X509* issuer) {
  if (X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_subject_name(issuer)) != 0)
    return Doubt::foreign_issuer;
  if ((X509_get_key_usage(issuer) & KU_CRL_SIGN) == 0) return Doubt::issuer_may_not_sign;
  const X509_ALGOR* how = nullptr;
  X509_CRL_get0_signature(list, nullptr, &how);
  if (!is_strong_signature(X509_CRL_get_signature_nid(list), how)) return Doubt::weak_signature;
  return std::nullopt;
}

std::optional<Doubt> doubt_about_time(const X509_CRL* list, model::CivilSeconds now) {
  const auto begins = seconds_of(X509_CRL_get0_lastUpdate(list));
  const auto ends = seconds_of(X509_CRL_get0_nextUpdate(list));
  if (!begins || now < *begins) return Doubt::not_yet;
  if (!ends || now > *ends) return Doubt::stale;  // RFC 5280 5.1.2.5: it must be there
  return std::nullopt;
}

Revoked revoked_by(const X509_REVOKED* entry) {
  const std::unique_ptr<ASN1_ENUMERATED, Freer<ASN1_ENUMERATED_free>> reason(
      static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nullptr, nullptr)));
  const auto when = seconds_of(X509_REVOKED_get0_revocationDate(entry));
  return {reason ? static_cast<int>(ASN1_ENUMERATED_get(reason.get())) : 0,
          when.value_or(model::CivilSeconds(0))};
}

/// Revoked before unknown before good; of two good ones the one that ends first.
RevocationVerdict worse(const RevocationVerdict& one, const RevocationVerdict& other) {
  const auto weight = [](const RevocationVerdict& v) {
    return std::holds_alternative<Revoked>(v) ? 2 : std::holds_alternative<Unknown>(v) ? 1 : 0;
  };
  if (weight(one) != weight(other)) return weight(one) > weight(other) ? one : other;
  const Good *a = std::get_if<Good>(&one), *b = std::get_if<Good>(&other);
  return a != nullptr && b->fresh_until < a->fresh_until ? other : one;
}

}  // namespace

Result<RevocationList> RevocationList::read(Bytes octets) {
  if (octets.size() > kMaxListOctets) return unreadable("the list is too large");
  CrlPtr list = octets.empty() ? nullptr : octets[0] == 0x30 ? from_der(octets) : from_pem(octets);
  ERR_clear_error();
  if (!list) return unreadable("not one revocation list in DER or PEM");
  const bool demanding = has_entry_with_demand(list.get());
  return RevocationList(std::move(list), demanding);
}

bool RevocationList::is_of(const X509* issuer) const {
  return X509_NAME_cmp(X509_CRL_get_issuer(list_.get()), X509_get_subject_name(issuer)) == 0;
}

std::string RevocationList::issuer_text() const { return name_text(X509_CRL_get_issuer(list_.get())); }

model::CivilSeconds RevocationList::this_update() const {
  return seconds_of(X509_CRL_get0_lastUpdate(list_.get())).value_or(model::CivilSeconds(0));
}

model::CivilSeconds RevocationList::next_update() const {
  return seconds_of(X509_CRL_get0_nextUpdate(list_.get())).value_or(model::CivilSeconds(0));
}

bool RevocationList::is_signed_by(X509* issuer) const {
  const Sha256 key = key_fingerprint_of(issuer);
  if (signer_ == key) return true;
  EVP_PKEY* public_key = X509_get0_pubkey(issuer);
  if (public_key == nullptr || X509_CRL_verify(list_.get(), public_key) != 1) return false;
  signer_ = key;
  return true;
}

RevocationVerdict RevocationList::judge(const X509* certificate, X509* issuer,
                                        model::CivilSeconds now) const {
  X509_CRL* list = list_.get();
  auto doubt = doubt_about_signer(list, issuer);
  if (!doubt && !is_signed_by(issuer)) doubt = Doubt::bad_signature;
  if (!doubt && has_demanding_entry_) doubt = Doubt::unknown_extension;
  if (!doubt) doubt = doubt_about_scope(list, certificate);
  ERR_clear_error();
  if (doubt) return Unknown{*doubt};
  X509_REVOKED* entry = nullptr;
  const int found =
      X509_CRL_get0_by_serial(list, &entry, const_cast<ASN1_INTEGER*>(X509_get0_serialNumber(certificate)));
  if (found == 1) return revoked_by(entry);                 // also on a stale list: nobody takes it back
  if (found == 2) return Unknown{Doubt::unsupported_kind};  // removeFromCRL belongs to deltas (5.3.1)
  if (const auto late = doubt_about_time(list, now)) return Unknown{*late};
  return Good{next_update()};
}

RevocationVerdict RevocationLists::judge_one(const X509* certificate, X509* issuer,
                                             model::CivilSeconds now) const {
  std::optional<RevocationVerdict> best;
  for (const RevocationList& list : lists_) {
    if (!list.is_of(issuer)) continue;
    const RevocationVerdict said = list.judge(certificate, issuer, now);
    if (std::holds_alternative<Revoked>(said)) return said;
    if (!best || std::holds_alternative<Good>(said)) best = said;
  }
  return best.value_or(Unknown{Doubt::no_list});
}

RevocationVerdict RevocationLists::judge(const STACK_OF(X509) * chain, model::CivilSeconds now) const {
  RevocationVerdict worst = Good{model::CivilSeconds::max()};
  for (int i = 0; i + 1 < sk_X509_num(chain); ++i)
    worst = worse(worst, judge_one(sk_X509_value(chain, i), sk_X509_value(chain, i + 1), now));
  return worst;
}

}  // namespace gw::pki
