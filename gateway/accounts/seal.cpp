#include "accounts/seal.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <string>

#include "accounts/random.h"

namespace gw::accounts {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kNonce = 12, kTag = 16;

struct Ender {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Ender>;

/// What is authenticated beside the secret.
std::string beside(std::uint64_t account) {
  return "sekisho second factor of account " + std::to_string(account);
}

Context begin(const Secret& key, Bytes nonce, std::uint64_t account, bool closes) {
  Context context(EVP_CIPHER_CTX_new());
  const std::string text = beside(account);
  int size = 0;
  GW_CHECK(context &&
               EVP_CipherInit_ex2(context.get(), EVP_aes_256_gcm(), as_bytes(key.view()).data(), nonce.data(),
                                  closes ? 1 : 0, nullptr) == 1 &&
               EVP_CipherUpdate(context.get(), nullptr, &size, as_bytes(text).data(),
                                static_cast<int>(text.size())) == 1,
           "libcrypto has no AES-256-GCM");
  return context;
}

}  // namespace

Seal::Seal(Secret key) : key_(std::move(key)) {
  GW_CHECK(key_.view().size() == kKeySize, "the key of the seals has 256 bits");
}

std::vector<std::uint8_t> Seal::close(Bytes secret, std::uint64_t account) const {
  const auto nonce = random_octets<kNonce>();
  const Context context = begin(key_, nonce, account, true);
  std::vector<std::uint8_t> out(1 + kNonce + secret.size() + kTag);
  out[0] = kVersion;
  std::ranges::copy(nonce, out.begin() + 1);
  int size = 0, rest = 0;
  std::uint8_t* const at = out.data() + 1 + kNonce;
  GW_CHECK(EVP_CipherUpdate(context.get(), at, &size, secret.data(), static_cast<int>(secret.size())) == 1 &&
               EVP_CipherFinal_ex(context.get(), at + size, &rest) == 1 &&
               EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTag, at + secret.size()) == 1,
           "libcrypto does not seal");
  return out;
}

Result<Secret> Seal::open(Bytes sealed, std::uint64_t account) const {
  const Error broken{ErrorCode::account_seal_broken, "a second factor does not open with the box's key"};
  if (sealed.size() < 1 + kNonce + kTag || sealed[0] != kVersion) return broken;
  const Context context = begin(key_, sealed.subspan(1, kNonce), account, false);
  const Bytes inside = sealed.subspan(1 + kNonce, sealed.size() - 1 - kNonce - kTag);
  std::array<std::uint8_t, kTag> tag{};
  std::ranges::copy(sealed.last(kTag), tag.begin());
  std::string out(inside.size(), '\0');
  auto* const at = reinterpret_cast<std::uint8_t*>(out.data());
  int size = 0, rest = 0;
  const bool is_true =
      EVP_CipherUpdate(context.get(), at, &size, inside.data(), static_cast<int>(inside.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTag, tag.data()) == 1 &&
      EVP_CipherFinal_ex(context.get(), at + size, &rest) == 1;
  Secret opened(std::move(out));
  if (!is_true) return broken;
  return opened;
}

}  // namespace gw::accounts
