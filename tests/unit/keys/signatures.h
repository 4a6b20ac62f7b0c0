#pragma once

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "model/signature_scheme.h"
#include "pki/handles.h"

namespace gw::keys {

struct Way {
  model::SignatureScheme scheme;
  bool is_rsa;
  bool is_pss;
  const char* digest;
};
inline constexpr Way kWays[] = {
    {model::SignatureScheme::ecdsa_sha256, false, false, "SHA256"},
    {model::SignatureScheme::ecdsa_sha384, false, false, "SHA384"},
    {model::SignatureScheme::ecdsa_sha512, false, false, "SHA512"},
    {model::SignatureScheme::pss_sha256, true, true, "SHA256"},
    {model::SignatureScheme::pss_sha384, true, true, "SHA384"},
    {model::SignatureScheme::pss_sha512, true, true, "SHA512"},
    {model::SignatureScheme::pkcs1_sha256, true, false, "SHA256"},
    {model::SignatureScheme::pkcs1_sha384, true, false, "SHA384"},
    {model::SignatureScheme::pkcs1_sha512, true, false, "SHA512"},
};

/// By libcrypto alone, from the public half as it is given out.
inline bool is_good(const std::vector<std::uint8_t>& public_key, const Way& way, std::string_view message,
                    const std::vector<std::uint8_t>& signature) {
  const unsigned char* from = public_key.data();
  const pki::KeyPtr key(d2i_PUBKEY(nullptr, &from, static_cast<long>(public_key.size())));
  const std::unique_ptr<EVP_MD_CTX, pki::Freer<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* operation = nullptr;
  if (EVP_DigestVerifyInit(context.get(), &operation, EVP_get_digestbyname(way.digest), nullptr, key.get()) !=
      1)
    return false;
  if (way.is_pss && (EVP_PKEY_CTX_set_rsa_padding(operation, RSA_PKCS1_PSS_PADDING) != 1 ||
                     EVP_PKEY_CTX_set_rsa_pss_saltlen(operation, RSA_PSS_SALTLEN_DIGEST) != 1))
    return false;
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), as_bytes(message).data(),
                          message.size()) == 1;
}

}  // namespace gw::keys
