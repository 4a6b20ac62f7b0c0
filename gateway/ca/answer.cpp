#include "ca/answer.h"

#include <openssl/objects.h>

#include "ca/extensions.h"
#include "ca/times.h"

namespace gw::ca {
namespace {

/// CertStatus (RFC 6960 4.2.1).
Octets written(const StandsGood&) { return tagged(Tag::field_0, Bytes()); }
Octets written(const NotIssued&) { return tagged(Tag::field_2, Bytes()); }
Octets written(const WasRevoked& revoked) {
  const Octets code = integer(static_cast<std::uint64_t>(revoked.reason), Tag::enumerated);
  const Octets reason = revoked.reason == Reason::unspecified ? Octets() : tagged(Tag::group_0, {code});
  return tagged(Tag::group_1, {general_time_of(revoked.when), reason});
}

Octets single(const Question::About& about, const Status& status, model::CivilSeconds this_update,
              model::CivilSeconds next_update) {
  const Octets said = std::visit([](const auto& one) { return written(one); }, status);
  return tagged(Tag::sequence, {about.id, said, general_time_of(this_update),
                                tagged(Tag::group_0, {general_time_of(next_update)})});
}

Octets nonce_extension(const Question& question) {
  if (question.nonce().empty()) return {};
  const Octets one = extension(NID_id_pkix_OCSP_Nonce, Weight::plain, question.nonce());
  return tagged(Tag::group_1, {tagged(Tag::sequence, {one})});
}

}  // namespace

Result<Octets> make_answer(const Question& question, const StatusOf& status_of,
                           const X509* issuer_certificate, model::CivilSeconds this_update,
                           model::CivilSeconds next_update, keys::PrivateKey& issuer_key) {
  GW_TRY(check_updates(this_update, next_update));
  // RFC 6960 4.2.2.2: the authority answers with the right by which it certifies.
  GW_TRY(const Issuer issuer,
         Issuer::of(issuer_certificate, Usage::sign_certificates, this_update, issuer_key));
  Octets singles;
  for (const Question::About& about : question.about()) {
    const Status status = about.is_of(issuer) ? status_of(about.serial) : Status(NotIssued{});
    append(singles, single(about, status, this_update, next_update));
  }
  const Octets responder = tagged(Tag::group_2, {tagged(Tag::octets, Bytes(issuer.half().ocsp_hash()))});
  // ResponseData (RFC 6960 4.2.1)
  const Octets data =
      tagged(Tag::sequence, {responder, general_time_of(this_update), tagged(Tag::sequence, Bytes(singles)),
                             nonce_extension(question)});
  GW_TRY(const Octets basic, issuer.sign(data));
  const Octets body =
      tagged(Tag::sequence, {object_id(NID_id_pkix_OCSP_basic), tagged(Tag::octets, Bytes(basic))});
  return tagged(Tag::sequence, {integer(0, Tag::enumerated), tagged(Tag::group_0, {body})});
}

Octets make_no_answer(NoAnswer why) {
  return tagged(Tag::sequence, {integer(static_cast<std::uint64_t>(why), Tag::enumerated)});
}

}  // namespace gw::ca
