#pragma once

#include <openssl/ec.h>
#include <openssl/x509.h>

#include "evidence/seal.h"
#include "pki/record_key.h"
#include "unit/evidence/draft.h"

namespace gw::evidence {

/// A key as keyd signs records with, made for a test.
class BoxKey {
 public:
  explicit BoxKey(const char* curve = "P-256") : key_(EVP_EC_gen(curve)) {}

  std::vector<std::uint8_t> sign(std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, pki::Freer<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    std::vector<std::uint8_t> out(256);
    std::size_t size = out.size();
    const Bytes octets = as_bytes(text);
    EXPECT_EQ(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()), 1);
    EXPECT_EQ(EVP_DigestSign(context.get(), out.data(), &size, octets.data(), octets.size()), 1);
    out.resize(size);
    return out;
  }
  pki::RecordKey half() const {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key_.get(), &der);
    auto half = pki::RecordKey::from_der({der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    EXPECT_TRUE(half);
    return *std::move(half);
  }

 private:
  pki::KeyPtr key_;
};

/// Beside the files, what seals them.
inline std::vector<File> sealed(std::vector<File> files, const BoxKey& key) {
  const std::string sums = sums_of(files);
  const std::string seal =
      text_of(Seal{7, pki::sha256_of(as_bytes(sums)), std::chrono::seconds(1'795'000'000)});
  files.push_back({std::string(kSums), sums});
  files.push_back({std::string(kSeal), seal});
  files.push_back({std::string(kSignature), std::string(as_text(key.sign(seal)))});
  files.push_back({std::string(kSigner), key.half().pem()});
  return files;
}

inline File& at(std::vector<File>& files, std::string_view name) {
  return *std::ranges::find(files, name, &File::name);
}

}  // namespace gw::evidence
