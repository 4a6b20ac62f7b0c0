#include "ca/bundle.h"

#include <openssl/err.h>
#include <openssl/pkcs12.h>

#include "pki/certificate.h"

namespace gw::ca {
namespace {

using BundlePtr = std::unique_ptr<PKCS12, pki::Freer<PKCS12_free>>;
using StackPtr = std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_free(s); })>;

Error failed(ErrorCode code, const char* why) {
  ERR_clear_error();
  return {code, why};
}

/// The certificates above the first, borrowed.
StackPtr rest_of(const std::vector<pki::X509Ptr>& chain) {
  StackPtr rest(sk_X509_new_null());
  for (std::size_t i = 1; i < chain.size(); ++i)
    GW_CHECK(rest && sk_X509_push(rest.get(), chain[i].get()) > 0, "out of memory");
  return rest;
}

}  // namespace

Result<Secret> pkcs12(const Secret& key_pem, std::string_view chain_pem, const Secret& password,
                      const std::string& label) {
  if (password.view().size() < kLeastPassword || password.view().find('\0') != std::string_view::npos)
    return failed(ErrorCode::bundle_impossible, "the password has fewer than 16 characters, or a zero octet");
  GW_TRY(const pki::KeyPtr key, pki::read_private_key(key_pem));
  GW_TRY(const auto chain, pki::read_certificates(chain_pem));
  if (X509_check_private_key(chain.front().get(), key.get()) != 1)
    return failed(ErrorCode::key_mismatch, "the first certificate is not this key's");
  const Secret ended(std::string(password.view()) + '\0');  // libcrypto wants its end marked
  const char* secret = ended.view().data();
  constexpr int kNoSealYet = -1;
  const BundlePtr bundle(PKCS12_create(secret, label.c_str(), key.get(), chain.front().get(),
                                       rest_of(chain).get(), NID_aes_256_cbc, NID_aes_256_cbc, kBundleRounds,
                                       kNoSealYet, 0));
  constexpr int kSalt = 16;
  if (!bundle || PKCS12_set_mac(bundle.get(), secret, -1, nullptr, kSalt, kBundleRounds, EVP_sha256()) != 1)
    return failed(ErrorCode::bundle_impossible, "libcrypto does not make it");
  unsigned char* der = nullptr;
  const int size = i2d_PKCS12(bundle.get(), &der);
  GW_CHECK(size > 0, "out of memory");
  Secret out(std::string(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)));
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return out;
}

}  // namespace gw::ca
