#include "pki/status_question.h"

#include <openssl/ocsp.h>

#include "base/check.h"
#include "pki/encoded.h"

namespace gw::pki {
namespace {

using RequestPtr = std::unique_ptr<OCSP_REQUEST, Freer<OCSP_REQUEST_free>>;

}  // namespace

StatusQuestion question_about(X509* certificate, X509* issuer) {
  const RequestPtr request(OCSP_REQUEST_new());
  OCSP_CERTID* id = OCSP_cert_to_id(EVP_sha1(), certificate, issuer);
  GW_CHECK(request && id != nullptr && OCSP_request_add0_id(request.get(), id) != nullptr, "out of memory");
  return {encoded(i2d_OCSP_CERTID, id), encoded(i2d_OCSP_REQUEST, request.get()), another(certificate),
          another(issuer)};
}

}  // namespace gw::pki
