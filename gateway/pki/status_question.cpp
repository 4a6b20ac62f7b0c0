#include "pki/status_question.h"

#include <openssl/ocsp.h>

#include "base/check.h"

namespace gw::pki {
namespace {

using RequestPtr = std::unique_ptr<OCSP_REQUEST, Freer<OCSP_REQUEST_free>>;

X509Ptr shared(X509* certificate) {
  X509_up_ref(certificate);
  return X509Ptr(certificate);
}

template <auto encode, class T>
std::vector<std::uint8_t> der_of(T* value) {
  unsigned char* octets = nullptr;
  const int size = encode(value, &octets);
  GW_CHECK(size > 0, "out of memory");
  std::vector<std::uint8_t> out(octets, octets + size);
  OPENSSL_free(octets);
  return out;
}

}  // namespace

StatusQuestion question_about(X509* certificate, X509* issuer) {
  const RequestPtr request(OCSP_REQUEST_new());
  OCSP_CERTID* id = OCSP_cert_to_id(EVP_sha1(), certificate, issuer);
  GW_CHECK(request && id != nullptr && OCSP_request_add0_id(request.get(), id) != nullptr, "out of memory");
  return {der_of<i2d_OCSP_CERTID>(id), der_of<i2d_OCSP_REQUEST>(request.get()), shared(certificate),
          shared(issuer)};
}

}  // namespace gw::pki
