#include "support/chains/chain_case.h"

#include <ctime>

#include "base/check.h"
#include "support/der.h"

namespace gw::support {

ChainDraft ChainDraft::good(pki::Peer side) {
  ChainDraft chain{.side = side};
  chain.anchors = {authority_draft("root", "p256 root", "root", "p256 root")};
  chain.sent = {leaf_draft("leaf", "p256 leaf", "issuing", "p256 issuing"),
                authority_draft("issuing", "p256 issuing", "root", "p256 root")};
  chain.leaf().set_purposes({chain.purpose()});
  chain.leaf().set_names({chain.own_name()});
  return chain;
}

CertificateDraft& ChainDraft::deepen(const std::string& name) {
  CertificateDraft lower = authority_draft(name, "p256 " + name, "", issuing().key);
  lower.issuer = issuing().subject;
  sent.insert(sent.begin() + 1, std::move(lower));
  issue_leaf_from(issuing());
  return issuing();
}

void ChainDraft::issue_leaf_from(const CertificateDraft& authority) {
  leaf().issuer = authority.subject;
  leaf().set_authority(authority.key);
}

std::string ChainDraft::own_name() const {
  return is_terminal() ? uri_name("urn:sekisho:clinic:t1") : dns_name(kCloudHost);
}
std::string ChainDraft::purpose() const { return is_terminal() ? oid::kClientAuth : oid::kServerAuth; }
std::string ChainDraft::other_purpose() const { return is_terminal() ? oid::kServerAuth : oid::kClientAuth; }

void ChainDraft::name_also(const std::vector<std::string>& general_names) {
  std::vector<std::string> all{own_name()};
  all.insert(all.end(), general_names.begin(), general_names.end());
  leaf().set_names(all);
}

Issued ChainDraft::credential() const {
  Issued issued{.key_pem = key_pem(sent[0].key)};
  for (const CertificateDraft& certificate : sent) issued.chain_pem += certificate.pem();
  return issued;
}

std::string ChainDraft::anchors_pem() const {
  std::string text;
  for (const CertificateDraft& anchor : anchors) text += anchor.pem();
  return text;
}

std::vector<ChainCase> all_chain_cases() {
  std::vector<ChainCase> all;
  for (const auto topic : {chains::validity, chains::form, chains::authorities, chains::key_identifiers,
                           chains::purposes, chains::constraints, chains::address_constraints, chains::names,
                           chains::host_names, chains::strength, chains::paths, chains::policies})
    for (const ChainCase& row : topic()) all.push_back(row);
  return all;
}

std::chrono::seconds moment_of(const std::string& asn1_time) {
  const std::string text = asn1_time.size() == 13 ? "20" + asn1_time : asn1_time;
  std::tm fields{};
  GW_CHECK(::strptime(text.c_str(), "%Y%m%d%H%M%SZ", &fields) != nullptr, "the test's own time is wrong");
  return std::chrono::seconds(::timegm(&fields));
}

}  // namespace gw::support
