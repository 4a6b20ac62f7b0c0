#include <openssl/evp.h>

#include <array>

#include "https/websocket.h"

namespace gw::https {
namespace {

// RFC 6455 1.3: shows that whoever answers has read the request as one for a WebSocket. It keeps nothing
// secret, so that SHA-1 is no matter.
constexpr std::string_view kSalt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kKeySize = 24;  // 16 octets in base64

bool is_key(std::string_view key) {
  return key.size() == kKeySize && key.ends_with("==") && key.find_first_not_of(kLetters) == kKeySize - 2;
}

}  // namespace

std::optional<std::string> accept_of(std::string_view key) {
  if (!is_key(key)) return std::nullopt;
  const std::string text = std::string(key).append(kSalt);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
    return std::nullopt;
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
  return std::string(reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length));
}

}  // namespace gw::https
