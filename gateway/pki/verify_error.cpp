#include "pki/verify_error.h"

#include <openssl/x509_vfy.h>

namespace gw::pki {
namespace {

using R = model::CloseReason;

struct Row {
  int error;
  R terminal;
  R cloud;
};

constexpr Row kRows[] = {
    {X509_V_ERR_CERT_HAS_EXPIRED, R::certificate_expired, R::upstream_certificate_expired},
    {X509_V_ERR_CERT_NOT_YET_VALID, R::certificate_not_yet_valid, R::upstream_certificate_expired},
    {X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD, R::certificate_malformed, R::upstream_certificate_untrusted},
    {X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD, R::certificate_malformed, R::upstream_certificate_untrusted},
    {X509_V_ERR_INVALID_PURPOSE, R::certificate_wrong_usage, R::upstream_certificate_usage},
    {X509_V_ERR_KEYUSAGE_NO_CERTSIGN, R::certificate_untrusted, R::upstream_certificate_untrusted},
    {X509_V_ERR_EE_KEY_TOO_SMALL, R::certificate_weak, R::upstream_certificate_weak},
    {X509_V_ERR_CA_KEY_TOO_SMALL, R::certificate_weak, R::upstream_certificate_weak},
    {X509_V_ERR_CA_MD_TOO_WEAK, R::certificate_weak, R::upstream_certificate_weak},
    {X509_V_ERR_EC_KEY_EXPLICIT_PARAMS, R::certificate_weak, R::upstream_certificate_weak},
    {X509_V_ERR_CERT_CHAIN_TOO_LONG, R::certificate_chain_too_long, R::upstream_certificate_untrusted},
    {X509_V_ERR_PATH_LENGTH_EXCEEDED, R::certificate_chain_too_long, R::upstream_certificate_untrusted},
    {X509_V_ERR_PERMITTED_VIOLATION, R::certificate_name_constraint, R::upstream_certificate_name},
    {X509_V_ERR_EXCLUDED_VIOLATION, R::certificate_name_constraint, R::upstream_certificate_name},
    {X509_V_ERR_SUBTREE_MINMAX, R::certificate_name_constraint, R::upstream_certificate_name},
    {X509_V_ERR_HOSTNAME_MISMATCH, R::certificate_untrusted, R::upstream_certificate_name},
    {X509_V_ERR_OUT_OF_MEM, R::internal, R::internal},
};

}  // namespace

model::CloseReason reason_of(Peer peer, int verify_error) {
  for (const Row& row : kRows)
    if (row.error == verify_error) return peer == Peer::terminal ? row.terminal : row.cloud;
  return peer == Peer::terminal ? R::certificate_untrusted : R::upstream_certificate_untrusted;
}

}  // namespace gw::pki
