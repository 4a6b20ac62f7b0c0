#include "ca/signed_form.h"

#include <openssl/err.h>

namespace gw::ca {
namespace {

using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, pki::Freer<EVP_MD_CTX_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, pki::Freer<X509_ALGOR_free>>;
using Scheme = model::SignatureScheme;

struct Row {
  KeyKind kind;
  Scheme scheme;
  int algorithm;   ///< NID
  int parameters;  ///< as libcrypto numbers their type
  const char* digest;
};
constexpr Row kRows[] = {
    {KeyKind::p256, Scheme::ecdsa_sha256, NID_ecdsa_with_SHA256, V_ASN1_UNDEF, "SHA256"},
    {KeyKind::p384, Scheme::ecdsa_sha384, NID_ecdsa_with_SHA384, V_ASN1_UNDEF, "SHA384"},
    {KeyKind::p521, Scheme::ecdsa_sha512, NID_ecdsa_with_SHA512, V_ASN1_UNDEF, "SHA512"},
    {KeyKind::rsa, Scheme::pkcs1_sha256, NID_sha256WithRSAEncryption, V_ASN1_NULL, "SHA256"},
};

const Row& row_of(KeyKind kind) { return kRows[static_cast<std::size_t>(kind)]; }

bool verifies(const PublicKey& half, const Octets& what, const Octets& signature) {
  const DigestContextPtr context(EVP_MD_CTX_new());
  const bool good =
      context &&
      EVP_DigestVerifyInit_ex(context.get(), nullptr, row_of(half.kind()).digest, nullptr, nullptr,
                              half.handle(), nullptr) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), what.data(), what.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace

Scheme scheme_of(KeyKind kind) { return row_of(kind).scheme; }

Octets algorithm_of(KeyKind kind) {
  const AlgorithmPtr algorithm(X509_ALGOR_new());
  GW_CHECK(algorithm && X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(row_of(kind).algorithm),
                                        row_of(kind).parameters, nullptr) == 1,
           "out of memory");
  return encoded(i2d_X509_ALGOR, algorithm.get());
}

Result<Octets> signed_form(const Octets& what, const PublicKey& half, keys::PrivateKey& key) {
  GW_TRY(const Octets signature, key.sign(scheme_of(half.kind()), what));
  if (!verifies(half, what, signature))
    return Error{ErrorCode::key_unavailable,
                 "its signature does not fit its public half; nothing was issued"};
  Octets bits{0};  // no unused ones
  append(bits, signature);
  return tagged(Tag::sequence, {what, algorithm_of(half.kind()), tagged(Tag::bits, Bytes(bits))});
}

}  // namespace gw::ca
