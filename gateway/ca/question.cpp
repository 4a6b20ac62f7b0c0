#include "ca/question.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>

#include <array>

namespace gw::ca {
namespace {

using RequestPtr = std::unique_ptr<OCSP_REQUEST, pki::Freer<OCSP_REQUEST_free>>;

Error unreadable(const char* why) {
  ERR_clear_error();
  return {ErrorCode::question_unreadable, why};
}

Octets octets_of(const ASN1_STRING* string) {
  const unsigned char* data = ASN1_STRING_get0_data(string);
  return {data, data + ASN1_STRING_length(string)};
}

/// SHA-1 is what most ask with (RFC 5019 2.1.1), SHA-256 what RFC 6960 4.3 wants besides. Both only name.
constexpr std::array kDigests{NID_sha1, NID_sha256};

Octets hash(int digest, const Octets& of) {
  Octets out(EVP_MAX_MD_SIZE);
  std::size_t size = 0;
  GW_CHECK(EVP_Q_digest(nullptr, OBJ_nid2sn(digest), nullptr, of.data(), of.size(), out.data(), &size) == 1,
           "SHA-1 and SHA-256 are always there");
  out.resize(size);
  return out;
}

Result<Question::About> read_one(OCSP_ONEREQ* one) {
  OCSP_CERTID* id = OCSP_onereq_get0_id(one);
  ASN1_OCTET_STRING *name = nullptr, *key = nullptr;
  ASN1_OBJECT* digest = nullptr;
  ASN1_INTEGER* number = nullptr;
  OCSP_id_get0_info(&name, &digest, &key, &number, id);
  const Octets serial_der = encoded(i2d_ASN1_INTEGER, number);
  const auto serial = Serial::of(Bytes(serial_der).subspan(2));
  if (!serial) return unreadable("a serial number in it is none");
  for (int i = 0; i < OCSP_ONEREQ_get_ext_count(one); ++i)
    if (X509_EXTENSION_get_critical(OCSP_ONEREQ_get_ext(one, i)) != 0)
      return unreadable("it makes a critical demand that nobody knows");
  return Question::About{encoded(i2d_OCSP_CERTID, static_cast<const OCSP_CERTID*>(id)), *serial,
                         OBJ_obj2nid(digest), octets_of(name), octets_of(key)};
}

/// The nonce, or nothing; no other extension of a question changes its answer.
Result<Octets> nonce_of(OCSP_REQUEST* request) {
  Octets nonce;
  for (int i = 0; i < OCSP_REQUEST_get_ext_count(request); ++i) {
    X509_EXTENSION* extension = OCSP_REQUEST_get_ext(request, i);
    const bool is_nonce = OBJ_obj2nid(X509_EXTENSION_get_object(extension)) == NID_id_pkix_OCSP_Nonce;
    if (!is_nonce && X509_EXTENSION_get_critical(extension) != 0)
      return unreadable("it makes a critical demand that nobody knows");
    if (!is_nonce) continue;
    if (!nonce.empty()) return unreadable("it has two nonces");
    nonce = octets_of(X509_EXTENSION_get_data(extension));
    const bool is_string = nonce.size() > 2 && nonce[0] == static_cast<std::uint8_t>(Tag::octets);
    if (!is_string || nonce.size() > kMaxNonce + 3)
      return unreadable("its nonce has no, or too many, octets");
  }
  return nonce;
}

}  // namespace

bool Question::About::is_of(const Issuer& issuer) const {
  for (const int known : kDigests)
    if (digest == known)
      return name_hash == hash(known, issuer.name()) && key_hash == hash(known, issuer.half().bits());
  return false;
}

Result<Question> Question::read(Bytes der) {
  if (der.size() > kMaxQuestionOctets) return unreadable("it is too large");
  const unsigned char* at = der.data();
  const RequestPtr request(d2i_OCSP_REQUEST(nullptr, &at, static_cast<long>(der.size())));
  if (!request || at != der.data() + der.size()) return unreadable("it is no OCSP request");
  Question question;
  GW_TRY(question.nonce_, nonce_of(request.get()));
  const int count = OCSP_request_onereq_count(request.get());
  if (count < 1 || count > static_cast<int>(kMaxQuestions))
    return unreadable("it asks about no certificate, or about too many");
  for (int i = 0; i < count; ++i) {
    GW_TRY(About about, read_one(OCSP_request_onereq_get0(request.get(), i)));
    question.about_.push_back(std::move(about));
  }
  ERR_clear_error();
  return question;
}

}  // namespace gw::ca
