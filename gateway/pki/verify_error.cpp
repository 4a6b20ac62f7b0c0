#include "pki/verify_error.h"

#include <openssl/x509_vfy.h>

namespace gw::pki {
namespace {

using R = model::CloseReason;
using F = Fault;

struct ErrorRow {
  int error;
  F fault;
};

constexpr ErrorRow kErrors[] = {
    {X509_V_ERR_CERT_SIGNATURE_FAILURE, F::forged},
    {X509_V_ERR_CERT_HAS_EXPIRED, F::expired},
    {X509_V_ERR_CERT_NOT_YET_VALID, F::not_yet_valid},
    {X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD, F::malformed},
    {X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD, F::malformed},
    {X509_V_ERR_INVALID_EXTENSION, F::malformed},
    {X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION, F::malformed},
    {X509_V_ERR_UNSUPPORTED_EXTENSION_FEATURE, F::malformed},
    {X509_V_ERR_INVALID_POLICY_EXTENSION, F::malformed},
    {X509_V_ERR_PROXY_CERTIFICATES_NOT_ALLOWED, F::malformed},
    {X509_V_ERR_EXTENSIONS_REQUIRE_VERSION_3, F::malformed},
    {X509_V_ERR_SIGNATURE_ALGORITHM_INCONSISTENCY, F::malformed},
    {X509_V_ERR_ISSUER_NAME_EMPTY, F::malformed},
    {X509_V_ERR_SUBJECT_NAME_EMPTY, F::malformed},
    {X509_V_ERR_EMPTY_SUBJECT_ALT_NAME, F::malformed},
    {X509_V_ERR_EMPTY_SUBJECT_SAN_NOT_CRITICAL, F::malformed},
    {X509_V_ERR_CA_BCONS_NOT_CRITICAL, F::malformed},
    {X509_V_ERR_CA_CERT_MISSING_KEY_USAGE, F::malformed},
    {X509_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA, F::malformed},
    {X509_V_ERR_PATHLEN_INVALID_FOR_NON_CA, F::malformed},
    {X509_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN, F::malformed},
    {X509_V_ERR_MISSING_AUTHORITY_KEY_IDENTIFIER, F::malformed},
    {X509_V_ERR_MISSING_SUBJECT_KEY_IDENTIFIER, F::malformed},
    {X509_V_ERR_AUTHORITY_KEY_IDENTIFIER_CRITICAL, F::malformed},
    {X509_V_ERR_SUBJECT_KEY_IDENTIFIER_CRITICAL, F::malformed},
    {X509_V_ERR_INVALID_PURPOSE, F::wrong_usage},
    {X509_V_ERR_EE_KEY_TOO_SMALL, F::weak},
    {X509_V_ERR_CA_KEY_TOO_SMALL, F::weak},
    {X509_V_ERR_CA_MD_TOO_WEAK, F::weak},
    {X509_V_ERR_EC_KEY_EXPLICIT_PARAMS, F::weak},
    {X509_V_ERR_CERT_CHAIN_TOO_LONG, F::too_long},
    {X509_V_ERR_PATH_LENGTH_EXCEEDED, F::too_long},
    {X509_V_ERR_PERMITTED_VIOLATION, F::name_constraint},
    {X509_V_ERR_EXCLUDED_VIOLATION, F::name_constraint},
    {X509_V_ERR_SUBTREE_MINMAX, F::name_constraint},
    {X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE, F::name_constraint},
    {X509_V_ERR_UNSUPPORTED_NAME_SYNTAX, F::name_constraint},
    {X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX, F::malformed},
    {X509_V_ERR_HOSTNAME_MISMATCH, F::wrong_name},
    {X509_V_ERR_OUT_OF_MEM, F::internal},
};

struct FaultRow {
  F fault;
  R terminal;
  R cloud;
  int alert_error;
};

/// In the order of the enumeration.
constexpr FaultRow kFaults[] = {
    {F::none, R::internal, R::internal, X509_V_ERR_UNSPECIFIED},
    // unknown_ca
    {F::untrusted, R::certificate_untrusted, R::upstream_certificate_untrusted,
     X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT},
    // bad_certificate: "contained signatures that did not verify correctly"
    {F::forged, R::certificate_untrusted, R::upstream_certificate_untrusted, X509_V_ERR_CERT_REJECTED},
    // certificate_expired: "has expired or is not currently valid"
    {F::expired, R::certificate_expired, R::upstream_certificate_expired, X509_V_ERR_CERT_HAS_EXPIRED},
    {F::not_yet_valid, R::certificate_not_yet_valid, R::upstream_certificate_expired,
     X509_V_ERR_CERT_HAS_EXPIRED},
    {F::malformed, R::certificate_malformed, R::upstream_certificate_malformed, X509_V_ERR_CERT_REJECTED},
    // unsupported_certificate
    {F::wrong_usage, R::certificate_wrong_usage, R::upstream_certificate_usage, X509_V_ERR_INVALID_PURPOSE},
    {F::weak, R::certificate_weak, R::upstream_certificate_weak, X509_V_ERR_EE_KEY_TOO_SMALL},
    {F::too_long, R::certificate_chain_too_long, R::upstream_certificate_untrusted,
     X509_V_ERR_CERT_CHAIN_TOO_LONG},
    // certificate_unknown, "some other (unspecified) issue", for want of a better one
    {F::name_constraint, R::certificate_name_constraint, R::upstream_certificate_name,
     X509_V_ERR_PERMITTED_VIOLATION},
    {F::wrong_name, R::certificate_untrusted, R::upstream_certificate_name, X509_V_ERR_HOSTNAME_MISMATCH},
    {F::no_identity, R::certificate_no_identity, R::upstream_certificate_name, X509_V_ERR_CERT_REJECTED},
    {F::unpinned, R::certificate_untrusted, R::upstream_certificate_pin, X509_V_ERR_CERT_REJECTED},
    // certificate_revoked
    {F::revoked, R::certificate_revoked, R::upstream_certificate_revoked, X509_V_ERR_CERT_REVOKED},
    {F::status_unknown, R::certificate_status_unknown, R::upstream_certificate_status_unknown,
     X509_V_ERR_CRL_PATH_VALIDATION_ERROR},
    {F::internal, R::internal, R::internal, X509_V_ERR_OUT_OF_MEM},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kFaults); ++i)
    if (static_cast<std::size_t>(kFaults[i].fault) != i) return false;
  return std::size(kFaults) == static_cast<std::size_t>(F::internal) + 1;
}
static_assert(in_order(), "a fault without a row, or a row out of its place");

const FaultRow& row_of(Fault fault) { return kFaults[static_cast<std::size_t>(fault)]; }

}  // namespace

Fault fault_of(int verify_error) {
  for (const ErrorRow& row : kErrors)
    if (row.error == verify_error) return row.fault;
  return Fault::untrusted;
}

model::CloseReason reason_of(Peer peer, Fault fault) {
  return peer == Peer::terminal ? row_of(fault).terminal : row_of(fault).cloud;
}

model::CloseReason reason_of(Peer peer, int verify_error) { return reason_of(peer, fault_of(verify_error)); }

int alert_error_of(Fault fault) { return row_of(fault).alert_error; }

}  // namespace gw::pki
