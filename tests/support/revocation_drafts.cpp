#include "support/revocation_drafts.h"

#include "support/der.h"

namespace gw::support {
namespace {

using Extensions = std::vector<CertificateDraft::Extension>;

std::string list_of(const Extensions& extensions) {
  std::string all;
  for (const auto& e : extensions) all += der::sequence({der::oid(e.oid), e.critical, der::octets(e.value)});
  return der::tagged(0x30, all);
}

std::string tagged_list(unsigned char tag, const Extensions& extensions) {
  return extensions.empty() ? "" : der::tagged(tag, list_of(extensions));
}

std::string encoded(const ListDraft::Entry& entry) {
  return der::sequence({der::integer(entry.serial), der::time(entry.when),
                        entry.extensions.empty() ? "" : list_of(entry.extensions)});
}

std::string enumerated(char value) { return der::tagged(0x0a, std::string(1, value)); }

std::string digest_algorithm(const std::string& digest) {
  return der::sequence(
      {der::oid(digest == "SHA1" ? "1.3.14.3.2.26" : "2.16.840.1.101.3.4.2.1"), std::string("\x05\0", 2)});
}

}  // namespace

ListDraft ListDraft::by(const CertificateDraft& authority) {
  ListDraft draft{.key = authority.key, .issuer = authority.subject};
  draft.extensions = {
      {oid::kAuthorityKeyId, "", der::sequence({der::tagged(0x80, key_identifier_of(authority.key))})},
      {"2.5.29.20", "", der::integer("\x01")}};
  return draft;
}

void ListDraft::set_scope(const std::string& fields) {
  extensions.push_back({"2.5.29.28", der::boolean(true), der::tagged(0x30, fields)});
}

std::string ListDraft::encode() const {
  std::string revoked;
  for (const Entry& entry : entries) revoked += encoded(entry);
  const std::string algorithm = signature_algorithm(key, digest);
  const std::string signed_part = der::sequence(
      {version, algorithm, issuer, der::time(this_update), next_update.empty() ? "" : der::time(next_update),
       entries.empty() ? "" : der::tagged(0x30, revoked), tagged_list(0xa0, extensions)});
  return der::sequence({signed_part, algorithm, der::bits(signature_by(key, digest, signed_part))});
}

CertificateDraft::Extension reason_code(char reason) { return {"2.5.29.21", "", enumerated(reason)}; }

AnswerDraft AnswerDraft::about(const CertificateDraft& certificate, const CertificateDraft& issuer) {
  AnswerDraft draft{.key = issuer.key};
  draft.issuer_name = issuer.subject;
  draft.issuer_key = issuer.key;
  draft.serial = certificate.serial;
  draft.answered_by_name(issuer.subject);
  return draft;
}

void AnswerDraft::revoke(char reason) {
  status = der::tagged(0xa1, der::time("20260901000000Z") + der::tagged(0xa0, enumerated(reason)));
}
void AnswerDraft::answered_by_name(const std::string& name) { responder = der::tagged(0xa1, name); }
void AnswerDraft::answered_by_key(const std::string& key_name) {
  responder = der::tagged(0xa2, der::octets(digest_of("SHA1", public_bits_of(key_name))));
}

std::string AnswerDraft::encode() const {
  if (response_status != 0) return der::sequence({enumerated(response_status)});
  const std::string id =
      der::sequence({digest_algorithm(id_digest), der::octets(digest_of(id_digest, issuer_name)),
                     der::octets(digest_of(id_digest, public_bits_of(issuer_key))), der::integer(serial)});
  const std::string single =
      der::sequence({id, status, der::time(this_update),
                     next_update.empty() ? "" : der::tagged(0xa0, der::time(next_update)),
                     tagged_list(0xa1, single_extensions)});
  const std::string data = der::sequence(
      {responder, der::time("20261121000000Z"), der::sequence({single}), tagged_list(0xa1, extensions)});
  std::string sent;
  for (const CertificateDraft& certificate : certificates) sent += certificate.encode();
  const std::string basic =
      der::sequence({data, signature_algorithm(key, digest), der::bits(signature_by(key, digest, data)),
                     sent.empty() ? "" : der::tagged(0xa0, der::tagged(0x30, sent))});
  return der::sequence({enumerated(0), der::tagged(0xa0, der::sequence({der::oid("1.3.6.1.5.5.7.48.1.1"),
                                                                        der::octets(basic)}))});
}

CertificateDraft responder_draft(const CertificateDraft& authority, const std::string& key) {
  CertificateDraft draft = leaf_draft("responder", key, "", authority.key);
  draft.issuer = authority.subject;
  draft.set_purposes({oid::kOcspSigning});
  draft.add("1.3.6.1.5.5.7.48.1.5", std::string("\x05\0", 2));
  return draft;
}

}  // namespace gw::support
