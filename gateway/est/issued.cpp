#include "est/issued.h"

#include <algorithm>

#include "est/held.h"
#include "pki/certificate.h"
#include "pki/chain_file.h"
#include "pki/life.h"
#include "pki/names_text.h"

namespace gw::est {
namespace {

using model::ManagedIdentity;
using Side = ManagedIdentity::Side;

Error wrong(std::string what) { return {ErrorCode::est_malformed, std::move(what)}; }

std::vector<std::string> texts_of(const ca::Names& names) {
  std::vector<std::string> out;
  for (const std::string& uri : names.uris) out.push_back("URI:" + uri);
  for (const std::string& host : names.hosts) out.push_back("DNS:" + host);
  for (const model::IpAddress& address : names.addresses) out.push_back("IP:" + address.to_text());
  return out;
}

std::vector<const X509*> borrowed(const std::vector<pki::X509Ptr>& certificates) {
  std::vector<const X509*> out;
  for (const pki::X509Ptr& certificate : certificates) out.push_back(certificate.get());
  return out;
}

bool certifies_itself(const X509* certificate) {
  return X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
}

/// Who issued it, as far as names and key identifiers tell; null if none of them did.
const X509* issuer_of(const X509* certificate, const std::vector<const X509*>& among) {
  const auto it = std::find_if(among.begin(), among.end(), [&](const X509* candidate) {
    return X509_check_issued(const_cast<X509*>(candidate), const_cast<X509*>(certificate)) == X509_V_OK;
  });
  return it == among.end() ? nullptr : *it;
}

/// As a peer of that side sees it. A client is judged as the box judges its terminals.
pki::PeerDemands demands_of(const ManagedIdentity& identity, const ca::Names& names) {
  pki::PeerDemands demands;
  demands.peer = identity.side == Side::clouds ? pki::Peer::terminal : pki::Peer::cloud;
  if (identity.side == Side::terminals && !names.hosts.empty()) demands.host_name = names.hosts.front();
  return demands;
}

Result<> check_life(const X509* leaf, model::CivilSeconds now) {
  const pki::Life life = pki::Life::of(leaf);
  if (life.ends - life.begins > kLongestLife) return wrong("the new certificate lives longer than 397 days");
  if (life.is_due(now)) return wrong("the new certificate would have to be renewed at once");
  return Done{};
}

}  // namespace

ca::Names names_of(const ManagedIdentity& identity, const std::string& tenant) {
  ca::Names names;
  if (identity.side == Side::clouds) {
    names.uris = {model::terminal_uri(tenant, "box")};
    return names;
  }
  for (const std::string& host : identity.hosts) {
    if (const auto address = model::IpAddress::parse(host))
      names.addresses.push_back(*address);
    else
      names.hosts.push_back(host);
  }
  return names;
}

bool carries(const X509* certificate, const ca::Names& names) {
  std::vector<std::string> has = pki::names_text(certificate), wanted = texts_of(names);
  std::sort(has.begin(), has.end());
  std::sort(wanted.begin(), wanted.end());
  return has == wanted;
}

Result<std::string> chain_for(Bytes key, const std::vector<pki::X509Ptr>& issued,
                              const std::vector<pki::X509Ptr>& authorities) {
  const auto own = std::find_if(issued.begin(), issued.end(), [&](const pki::X509Ptr& candidate) {
    return std::ranges::equal(pki::public_key_of(candidate.get()), key);
  });
  if (own == issued.end())
    return wrong("none of the server's certificates is for the key that was asked for");
  std::vector<const X509*> above = borrowed(issued);
  for (const X509* authority : borrowed(authorities)) above.push_back(authority);
  std::vector<const X509*> chain{own->get()};
  for (const X509* next = issuer_of(chain.back(), above);
       next != nullptr && !certifies_itself(next) && chain.size() <= pki::kMaxIntermediates;
       next = issuer_of(chain.back(), above))
    chain.push_back(next);
  return pem_of(chain);
}

Result<> check_issued(const ManagedIdentity& identity, const std::string& tenant, Bytes key,
                      const std::string& chain, const std::vector<pki::X509Ptr>& authorities,
                      const Clock& clock) {
  GW_TRY(const auto certificates, pki::read_certificates(chain));
  const X509* leaf = certificates.front().get();
  if (!std::ranges::equal(pki::public_key_of(leaf), key))
    return wrong("the new certificate is for another key");
  const ca::Names names = names_of(identity, tenant);
  if (!carries(leaf, names)) return wrong("the new certificate carries other names than were asked for");
  GW_TRY(const auto verdict,
         pki::judge_chain(chain, pem_of(borrowed(authorities)), demands_of(identity, names), clock));
  if (verdict.reason)
    return wrong("the new certificate is none to go by: " + std::string(verdict.finding.words));
  const auto now = std::chrono::floor<std::chrono::seconds>(clock.civil_now()).time_since_epoch();
  return check_life(leaf, now);
}

}  // namespace gw::est
