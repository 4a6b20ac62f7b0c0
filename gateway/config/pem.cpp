#include "config/pem.h"

#include <algorithm>
#include <optional>

#include "model/configuration.h"

namespace gw::config {
namespace {

/// The lines around a block.
struct Fence {
  std::string_view begin;
  std::string_view end;
};
constexpr Fence kCertificate{"-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"};
constexpr Fence kPublicKey{"-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"};
constexpr Fence kList{"-----BEGIN X509 CRL-----", "-----END X509 CRL-----"};

bool is_body(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
         c == '=' || c == '\n' || c == '\r' || c == ' ' || c == '\t';
}

Error not_certificates(const char* why) { return {ErrorCode::config_certificate, why}; }
Error not_a_list(const char* why) { return {ErrorCode::config_revocation_list, why}; }

/// Cuts the next block off the text; nothing if there is none, empty if it is cut off or damaged.
std::optional<std::string> next_block(std::string_view& text, const Fence& fence) {
  const std::size_t begin = text.find(fence.begin);
  if (begin == std::string_view::npos) return std::nullopt;
  text.remove_prefix(begin + fence.begin.size());
  const std::size_t end = text.find(fence.end);
  const std::string_view body = text.substr(0, end);
  if (end == std::string_view::npos || !std::all_of(body.begin(), body.end(), is_body) ||
      std::none_of(body.begin(), body.end(), [](char c) { return c > ' '; }))
    return std::string();
  text.remove_prefix(end + fence.end.size());
  return std::string(fence.begin).append(body).append(fence.end).append("\n");
}

/// Does a SEQUENCE begin here that ends with the text (X.690 8.1.3)?
bool is_one_sequence(std::string_view text) {
  if (text.size() < 2 || text[0] != 0x30) return false;
  const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  if (octet(1) < 0x80) return text.size() == 2u + octet(1);
  const std::size_t width = octet(1) - 0x80u;
  if (width == 0 || width > 4 || text.size() < 2 + width) return false;
  std::size_t size = 0;
  for (std::size_t i = 0; i < width; ++i) size = size << 8 | octet(2 + i);
  return text.size() == 2 + width + size;
}

}  // namespace

Result<std::string> certificate_blocks(std::string_view text) {
  if (text.find("PRIVATE KEY-----") != std::string_view::npos)
    return not_certificates("it holds a private key; keep keys in files of their own");
  return certificates_beside_key(text);
}

Result<std::string> certificates_beside_key(std::string_view text) {
  std::string blocks;
  while (const auto block = next_block(text, kCertificate)) {
    if (block->empty())
      return not_certificates("a certificate in it is cut off or damaged; export it again as PEM");
    blocks.append(*block);
  }
  if (blocks.empty())
    return not_certificates("it holds no PEM certificate; export it as PEM (BEGIN CERTIFICATE)");
  if (blocks.size() > model::kMaxPem) return not_certificates("it holds more than 256 KiB of certificates");
  return blocks;
}

Result<std::string> public_key_block(std::string_view text) {
  const auto block = next_block(text, kPublicKey);
  if (!block || block->empty() || block->size() > model::kMaxSignerPem || next_block(text, kPublicKey))
    return not_certificates("it holds no public key, or more than one; make it by `openssl pkey -pubout`");
  return *block;
}

Result<std::string> revocation_list_octets(std::string_view text) {
  if (text.size() > model::kMaxRevocationList) return not_a_list("it is larger than 8 MiB");
  if (is_one_sequence(text)) return std::string(text);
  const auto block = next_block(text, kList);
  if (!block) return not_a_list("it holds no revocation list; export it as DER or PEM (BEGIN X509 CRL)");
  if (block->empty()) return not_a_list("the list in it is cut off or damaged; fetch it again");
  if (next_block(text, kList)) return not_a_list("it holds more than one list; give each a file of its own");
  return *block;
}

}  // namespace gw::config
