#include "ca/list.h"

#include <openssl/objects.h>

#include <set>

#include "ca/extensions.h"
#include "ca/times.h"

namespace gw::ca {
namespace {

/// "should not use unspecified" (RFC 5280 5.3.1): then the entry has no extensions.
Octets entry_extensions(Reason reason) {
  if (reason == Reason::unspecified) return {};
  const Octets code = integer(static_cast<std::uint64_t>(reason), Tag::enumerated);
  return tagged(Tag::sequence, {extension(NID_crl_reason, Weight::plain, code)});
}

Octets written(const std::vector<ListEntry>& entries) {
  Octets all;
  for (const ListEntry& entry : entries)
    append(all,
           tagged(Tag::sequence, {entry.serial.der(), time_of(entry.when), entry_extensions(entry.reason)}));
  return entries.empty() ? Octets() : tagged(Tag::sequence, Bytes(all));  // RFC 5280 5.1.2.6: absent if none
}

Result<> check_entries(const std::vector<ListEntry>& entries) {
  std::set<Serial> seen;
  for (const ListEntry& entry : entries)
    if (!seen.insert(entry.serial).second)
      return Error{ErrorCode::issue_outside_profile, "a certificate stands twice on the list"};
  return Done{};
}

}  // namespace

Result<> check_updates(model::CivilSeconds this_update, model::CivilSeconds next_update) {
  if (this_update < next_update && next_update - this_update <= kLongestBetween) return Done{};
  return Error{ErrorCode::issue_outside_profile, "the next update must follow, within 400 days"};
}

Result<Octets> make_list(const X509* issuer_certificate, const ListFacts& facts,
                         const std::vector<ListEntry>& entries, keys::PrivateKey& issuer_key) {
  GW_TRY(check_updates(facts.this_update, facts.next_update));
  GW_TRY(check_entries(entries));
  GW_TRY(const Issuer issuer,
         Issuer::of(issuer_certificate, Usage::sign_lists, facts.this_update, issuer_key));
  const Octets extensions =
      tagged(Tag::sequence, {extension(NID_authority_key_identifier, Weight::plain, issuer.authority_key()),
                             extension(NID_crl_number, Weight::plain, integer(facts.number))});
  // TBSCertList (RFC 5280 5.1.2)
  return issuer.sign(tagged(
      Tag::sequence, {integer(1), issuer.algorithm(), issuer.name(), time_of(facts.this_update),
                      time_of(facts.next_update), written(entries), tagged(Tag::group_0, {extensions})}));
}

}  // namespace gw::ca
