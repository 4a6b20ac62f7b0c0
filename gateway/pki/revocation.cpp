#include "pki/revocation.h"

#include <iterator>

namespace gw::pki {
namespace {

struct Row {
  Doubt doubt;
  const char* words;
};

/// In the order of the enumeration.
constexpr Row kRows[] = {
    {Doubt::no_list, "there is no revocation list of the issuer"},
    {Doubt::no_answer, "no OCSP answer was stapled"},
    {Doubt::not_fetched, "the OCSP responder gave no answer that counts"},
    {Doubt::unreadable, "the revocation data cannot be read"},
    {Doubt::too_large, "the revocation data is too large"},
    {Doubt::foreign_issuer, "the revocation list is another issuer's"},
    {Doubt::issuer_may_not_sign, "whoever signed the revocation data may not"},
    {Doubt::bad_signature, "the signature of the revocation data does not verify"},
    {Doubt::weak_signature, "the signature of the revocation data is too weak"},
    {Doubt::unknown_extension, "the revocation data makes a critical demand nobody knows"},
    {Doubt::unsupported_kind, "the revocation data is of a kind the box does not take"},
    {Doubt::out_of_scope, "the revocation list is not about certificates of this kind"},
    {Doubt::not_yet, "the revocation data is from the future"},
    {Doubt::stale, "the revocation data is stale"},
    {Doubt::responder_failed, "the responder had no answer"},
    {Doubt::other_certificate, "the answer is about another certificate"},
    {Doubt::not_known_to_issuer, "the responder does not know the certificate"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kRows); ++i)
    if (static_cast<std::size_t>(kRows[i].doubt) != i) return false;
  return std::size(kRows) == static_cast<std::size_t>(Doubt::not_known_to_issuer) + 1;
}
static_assert(in_order(), "a doubt without its words, or words out of their place");

}  // namespace

const char* words_for(Doubt doubt) { return kRows[static_cast<std::size_t>(doubt)].words; }

Finding revocation_finding(const RevocationVerdict& verdict, const RevocationPolicy& policy,
                           model::CivilSeconds now) {
  if (std::holds_alternative<Good>(verdict)) return {};
  if (std::holds_alternative<Revoked>(verdict)) return {Fault::revoked, "the issuer has revoked it"};
  if (policy.lets_doubt_pass(now)) return {};
  return {Fault::status_unknown, words_for(std::get<Unknown>(verdict).why)};
}

model::CivilSeconds holds_until(const RevocationVerdict& verdict, const RevocationPolicy& policy) {
  const Good* good = std::get_if<Good>(&verdict);
  return good != nullptr ? good->fresh_until : policy.doubts_end();
}

std::optional<model::CloseReason> refusal_of(Peer peer, const RevocationVerdict& verdict,
                                             const RevocationPolicy& policy, model::CivilSeconds now) {
  const Finding found = revocation_finding(verdict, policy, now);
  if (!found) return std::nullopt;
  return reason_of(peer, found.fault);
}

}  // namespace gw::pki
