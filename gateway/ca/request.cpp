#include "ca/request.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <optional>

#include "base/text.h"
#include "ca/signed_form.h"
#include "pki/names_text.h"
#include "pki/strength.h"

namespace gw::ca {
namespace {

using RequestPtr = std::unique_ptr<X509_REQ, pki::Freer<X509_REQ_free>>;

Error refused(ErrorCode code, const char* why) {
  ERR_clear_error();
  return {code, why};
}
Error unreadable(const char* why) { return refused(ErrorCode::request_unreadable, why); }

/// The content of the one block that the text is (RFC 7468 7).
std::optional<Octets> block_in(Bytes text) {
  const pki::BioPtr bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  char *label = nullptr, *header = nullptr;
  unsigned char* data = nullptr;
  long size = 0;
  if (!bio || PEM_read_bio(bio.get(), &label, &header, &data, &size) != 1) return std::nullopt;
  const std::string_view name = label;
  const bool fits = (name == "CERTIFICATE REQUEST" || name == "NEW CERTIFICATE REQUEST") && *header == '\0';
  Octets der(data, data + size);
  OPENSSL_free(label), OPENSSL_free(header), OPENSSL_free(data);
  char rest = 0;
  while (BIO_read(bio.get(), &rest, 1) == 1)
    if (rest != '\n' && rest != '\r') return std::nullopt;
  return fits && as_text(text).starts_with("-----") ? std::optional(der) : std::nullopt;
}

RequestPtr parsed(const Octets& der) {
  const unsigned char* at = der.data();
  RequestPtr request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
  return request && at == der.data() + der.size() ? std::move(request) : nullptr;
}

/// libcrypto keeps the signed part as it came; written anew it must be the same octets (X.690 10, 11).
bool is_der(const RequestPtr& request, const Octets& der) {
  const RequestPtr copy(X509_REQ_dup(request.get()));
  return copy && i2d_re_X509_REQ_tbs(copy.get(), nullptr) > 0 && encoded(i2d_X509_REQ, copy.get()) == der;
}

Result<PublicKey> key_of(X509_REQ* request) {
  return PublicKey::read(encoded(i2d_X509_PUBKEY, X509_REQ_get_X509_PUBKEY(request)));
}

/// RFC 2986 3: signed with the key that is to be certified.
Result<> check_possession(X509_REQ* request, const PublicKey& key) {
  const X509_ALGOR* algorithm = nullptr;
  X509_REQ_get0_signature(request, nullptr, &algorithm);
  if (!pki::is_strong_signature(X509_REQ_get_signature_nid(request), algorithm))
    return refused(ErrorCode::request_weak_signature,
                   "the request is not signed with SHA-256, SHA-384 or SHA-512; make it anew");
  if (X509_REQ_verify(request, key.handle()) != 1)
    return refused(ErrorCode::request_bad_signature,
                   "the request is not signed by the key in it: it was damaged, or the key is another's");
  return Done{};
}

std::vector<std::string> names_in(X509_REQ* request) {
  using ExtensionsPtr = std::unique_ptr<X509_EXTENSIONS, decltype([](X509_EXTENSIONS* e) {
                                          sk_X509_EXTENSION_pop_free(e, X509_EXTENSION_free);
                                        })>;
  const ExtensionsPtr extensions(X509_REQ_get_extensions(request));
  const pki::GeneralNamesPtr names(static_cast<GENERAL_NAMES*>(
      extensions ? X509V3_get_d2i(extensions.get(), NID_subject_alt_name, nullptr, nullptr) : nullptr));
  ERR_clear_error();
  return pki::names_text(names.get());
}

}  // namespace

Result<Request> Request::read(Bytes octets) {
  if (octets.empty() || octets.size() > kMaxRequestOctets)
    return unreadable("the request is empty, or larger than 16 KiB");
  const auto der = octets[0] == static_cast<std::uint8_t>(Tag::sequence)
                       ? std::optional(Octets(octets.begin(), octets.end()))
                       : block_in(octets);
  const RequestPtr request = der ? parsed(*der) : nullptr;
  if (!request) return unreadable("not one certificate request in DER or PEM");
  if (X509_REQ_get_version(request.get()) != X509_REQ_VERSION_1)
    return unreadable("the request is of an unknown version (RFC 2986 4.1)");
  if (!is_der(request, *der)) return unreadable("the request is not DER (RFC 2986 4)");
  GW_TRY(PublicKey key, key_of(request.get()));
  GW_TRY(check_possession(request.get(), key));
  Request out(std::move(key));
  out.subject_ = pki::name_text(X509_REQ_get_subject_name(request.get()));
  out.names_ = names_in(request.get());
  return out;
}

namespace {

/// One attribute: an extensionRequest with the alternative names, GeneralNames in DER.
Octets wanted(const Octets& names) {
  if (names.empty()) return {};
  const Octets extension =
      tagged(Tag::sequence, {object_id(NID_subject_alt_name), tagged(Tag::octets, Bytes(names))});
  const Octets values = tagged(Tag::set, {tagged(Tag::sequence, {extension})});
  return tagged(Tag::sequence, {object_id(NID_ext_req), values});
}

/// CertificationRequestInfo, signed (RFC 2986 4.1).
Result<Octets> request_of(const Octets& subject, const Octets& names, keys::PrivateKey& key) {
  GW_TRY(const PublicKey half, PublicKey::read(key.public_key()));
  const Octets what =
      tagged(Tag::sequence, {integer(0), subject, half.der(), tagged(Tag::group_0, {wanted(names)})});
  return signed_form(what, half, key);
}

/// The alternative names of a certificate, DER; empty: it has none.
Octets names_of(const X509* certificate) {
  const int at = X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1);
  if (at < 0) return {};
  const ASN1_OCTET_STRING* names = X509_EXTENSION_get_data(X509_get_ext(certificate, at));
  const unsigned char* data = ASN1_STRING_get0_data(names);
  return {data, data + ASN1_STRING_length(names)};
}

}  // namespace

Result<Octets> make_request(const Subject& subject, const Names& names, keys::PrivateKey& key) {
  GW_TRY(const Octets name, name_of(subject));
  return request_of(name, names.empty() ? Octets() : general_names(names), key);
}

Result<Octets> make_next_request(const X509* certificate, keys::PrivateKey& key) {
  const X509_NAME* subject = X509_get_subject_name(certificate);
  return request_of(encoded(i2d_X509_NAME, subject), names_of(certificate), key);
}

}  // namespace gw::ca
