#include "pki/running_sha256.h"

#include "base/result.h"

namespace gw::pki {

RunningSha256::RunningSha256() : context_(EVP_MD_CTX_new()) {
  GW_CHECK(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1, "SHA-256 is always there");
}

void RunningSha256::add(Bytes octets) {
  GW_CHECK(EVP_DigestUpdate(context_.get(), octets.data(), octets.size()) == 1, "SHA-256 is always there");
}

Sha256 RunningSha256::end() {
  Sha256 digest{};
  GW_CHECK(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1, "SHA-256 is always there");
  return digest;
}

}  // namespace gw::pki
