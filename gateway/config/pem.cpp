#include "config/pem.h"

#include <algorithm>

#include "model/configuration.h"

namespace gw::config {
namespace {

constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

bool is_body(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
         c == '=' || c == '\n' || c == '\r' || c == ' ' || c == '\t';
}

Error not_certificates(const char* why) { return {ErrorCode::config_certificate, why}; }

}  // namespace

Result<std::string> certificate_blocks(std::string_view text) {
  if (text.find("PRIVATE KEY-----") != std::string_view::npos)
    return not_certificates("it holds a private key; keep keys in files of their own");
  std::string blocks;
  for (std::size_t begin = text.find(kBegin); begin != std::string_view::npos; begin = text.find(kBegin)) {
    text.remove_prefix(begin + kBegin.size());
    const std::size_t end = text.find(kEnd);
    const std::string_view body = text.substr(0, end);
    if (end == std::string_view::npos || !std::all_of(body.begin(), body.end(), is_body) ||
        std::none_of(body.begin(), body.end(), [](char c) { return c > ' '; }))
      return not_certificates("a certificate in it is cut off or damaged; export it again as PEM");
    blocks.append(kBegin).append(body).append(kEnd).append("\n");
    text.remove_prefix(end + kEnd.size());
  }
  if (blocks.empty())
    return not_certificates("it holds no PEM certificate; export it as PEM (BEGIN CERTIFICATE)");
  if (blocks.size() > model::kMaxPem) return not_certificates("it holds more than 256 KiB of certificates");
  return blocks;
}

}  // namespace gw::config
