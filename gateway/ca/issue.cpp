#include "ca/issue.h"

#include <algorithm>

#include "ca/extensions.h"
#include "ca/times.h"

namespace gw::ca {
namespace {

Error outside(const char* why) { return {ErrorCode::issue_outside_profile, why}; }

Result<> check_subject(const Profile& profile, const Subject& subject) {
  for (const auto& word : kAttributeWords) {
    const bool wanted =
        std::find(profile.subject.begin(), profile.subject.end(), word.value) != profile.subject.end();
    if (wanted == subject[word.value].empty())
      return Error{ErrorCode::issue_outside_profile,
                   "the subject's " + std::string(word.text) +
                       (wanted ? " is missing" : " has no place in a certificate of this role")};
  }
  return Done{};
}

Result<> check_order(const PublicKey& key, const Profile& profile, const Order& order) {
  GW_TRY(check_request(profile, key.kind(), order.subject, order.names));
  GW_TRY(check_territory(order.territory));
  if (profile.has_territory == order.territory.empty())
    return outside(profile.has_territory ? "say which zones and networks the authority may name"
                                         : "only an authority whose profile says so has zones and networks");
  if (order.life.count() < 0 || order.life > profile.longest)
    return outside("it shall live longer than the profile allows");
  return Done{};
}

struct Period {
  model::CivilSeconds begins{0};
  model::CivilSeconds ends{0};  ///< its last second: both are inside (RFC 5280 4.1.2.5)
};
Period period_of(const Profile& profile, const Order& order, model::CivilSeconds now) {
  const model::CivilSeconds begins = now - kBackdated;
  const auto life = order.life.count() > 0 ? order.life : profile.longest;
  return {begins, begins + life - std::chrono::seconds(1)};
}

/// Nobody vouches for longer than anybody vouches for them.
Period within(const Issuer& issuer, Period period) {
  return {std::max(period.begins, issuer.not_before()), std::min(period.ends, issuer.not_after())};
}

/// Who signs: the name, the algorithm, and AuthorityKeyIdentifier, each in DER.
struct Signer {
  Octets name;
  Octets algorithm;
  Octets authority_key;
};

/// TBSCertificate (RFC 5280 4.1.2).
Octets to_be_signed(const Signer& signer, const Serial& serial, Period period, const Octets& subject,
                    const PublicKey& key, const Profile& profile, const Order& order) {
  const Octets version = tagged(Tag::group_0, {integer(2)});
  const Octets validity = tagged(Tag::sequence, {time_of(period.begins), time_of(period.ends)});
  return tagged(Tag::sequence,
                {version, serial.der(), signer.algorithm, signer.name, validity, subject, key.der(),
                 extensions_of(profile, order.names, order.territory, key, signer.authority_key)});
}

/// A path that is too long from the start is not begun (RFC 5280 4.2.1.9).
bool fits_beneath(const Issuer& issuer, const Profile& profile) {
  return !profile.path_length || issuer.path_length() < 0 || *profile.path_length < issuer.path_length();
}

}  // namespace

Result<> check_request(const Profile& profile, KeyKind key, const Subject& subject, const Names& names) {
  GW_TRY(check_profile(profile));
  if (std::find(profile.keys.begin(), profile.keys.end(), key) == profile.keys.end())
    return outside("a key of this kind is not certified for this role");
  GW_TRY(check_subject(profile, subject));
  return check_form(profile.names, names);
}

Result<Octets> issue(const PublicKey& subject_key, const Profile& profile, const Order& order,
                     const X509* issuer_certificate, const Serial& serial, model::CivilSeconds now,
                     keys::PrivateKey& issuer_key) {
  GW_TRY(check_order(subject_key, profile, order));
  GW_TRY(const Issuer issuer, Issuer::of(issuer_certificate, Usage::sign_certificates, now, issuer_key));
  if (!fits_beneath(issuer, profile))
    return Error{ErrorCode::issue_issuer_unsuitable, "no further authority may follow this one"};
  if (subject_key.der() == issuer.half().der())
    return outside("an authority does not certify its own key for somebody else");
  GW_TRY(const Octets subject, name_of(order.subject));
  const Period period = within(issuer, period_of(profile, order, now));
  if (period.ends <= now) return outside("it would have ended already");
  const Octets what = to_be_signed({issuer.name(), issuer.algorithm(), issuer.authority_key()}, serial,
                                   period, subject, subject_key, profile, order);
  GW_TRY(Octets certificate, issuer.sign(what));
  if (!issuer.permits(certificate)) return outside("a name lies outside the authority's own constraints");
  return certificate;
}

Result<Octets> issue_root(const Profile& profile, const Order& order, const Serial& serial,
                          model::CivilSeconds now, keys::PrivateKey& key) {
  GW_TRY(const PublicKey half, PublicKey::read(key.public_key()));
  GW_TRY(check_order(half, profile, order));
  if (!profile.path_length) return outside("only an authority certifies itself");
  GW_TRY(const Octets subject, name_of(order.subject));
  const Period period = period_of(profile, order, now);
  if (period.ends <= now) return outside("it would have ended already");
  return signed_form(
      to_be_signed({subject, algorithm_of(half.kind()), {}}, serial, period, subject, half, profile, order),
      half, key);
}

}  // namespace gw::ca
