#include "component/keys/stranger.h"

#include <gtest/gtest.h>

#include "component/keys/folder.h"

namespace gw::keys {
namespace {

using Scheme = model::SignatureScheme;

struct Way {
  Scheme scheme;
  std::string_view kind;
  const char* options;
};
constexpr Way kWays[] = {
    {Scheme::ecdsa_sha256, "EC", "-sha256"},
    {Scheme::ecdsa_sha384, "EC", "-sha384"},
    {Scheme::ecdsa_sha512, "EC", "-sha512"},
    {Scheme::pss_sha256, "RSA", "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"},
    {Scheme::pss_sha384, "RSA", "-sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"},
    {Scheme::pss_sha512, "RSA", "-sha512 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"},
    {Scheme::pkcs1_sha256, "RSA", "-sha256"},
    {Scheme::pkcs1_sha384, "RSA", "-sha384"},
    {Scheme::pkcs1_sha512, "RSA", "-sha512"},
};

}  // namespace

bool stranger_accepts(const std::vector<std::uint8_t>& public_key, Scheme scheme, Bytes message,
                      const std::vector<std::uint8_t>& signature) {
  const Folder folder;
  const std::string key = folder.write("key", public_key), signed_by = folder.write("signature", signature);
  return run("openssl dgst " + std::string(kWays[static_cast<std::size_t>(scheme)].options) +
             " -keyform DER -verify " + key + " -signature " + signed_by + " " +
             folder.write("m", message)) == 0;
}

void expect_signs_every_way(PrivateKey& key, std::string_view kind) {
  const Bytes message = as_bytes("what is signed");
  for (const Way& way : kWays) {
    const auto signature = key.sign(way.scheme, message);
    SCOPED_TRACE(way.options);
    if (way.kind == kind) {
      ASSERT_TRUE(signature) << signature.error().to_text();
      EXPECT_TRUE(stranger_accepts(key.public_key(), way.scheme, message, *signature));
    } else {
      ASSERT_FALSE(signature);
      EXPECT_EQ(signature.error().code, ErrorCode::key_scheme_unsuitable);
    }
  }
}

}  // namespace gw::keys
