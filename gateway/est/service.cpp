#include "est/service.h"

#include <openssl/objects.h>

#include "base/text.h"
#include "est/certs_only.h"
#include "est/media.h"

namespace gw::est {
namespace {

constexpr std::string_view kBasic = "basic ";
constexpr std::size_t kLongestAuthorization = 1024;  // octets of base64

ServiceAnswer in_base64(const char* content_type, const Octets& octets) {
  return {.status = 200,
          .content_type = content_type,
          .transfer_encoding = "base64",
          .body = to_base64_lines(octets)};
}

}  // namespace

Result<Octets> read_enrolment(std::string_view content_type, std::string_view body) {
  if (!is_request(content_type))
    return Error{ErrorCode::est_malformed, "a request for a certificate is application/pkcs10"};
  if (body.size() > 2 * ca::kMaxRequestOctets)
    return Error{ErrorCode::est_malformed, "the request is larger than 32 KiB"};
  auto octets = from_base64(body);
  if (!octets) return Error{ErrorCode::est_malformed, "the request is not in base64 (RFC 8951 3.1)"};
  GW_TRY(ca::Request::read(*octets));
  return *std::move(octets);
}

std::optional<Credentials> credentials_in(std::string_view authorization) {
  if (to_lower(authorization.substr(0, kBasic.size())) != kBasic) return std::nullopt;
  authorization.remove_prefix(kBasic.size());
  if (authorization.size() > kLongestAuthorization) return std::nullopt;
  auto pair = from_base64(authorization);
  if (!pair) return std::nullopt;
  const std::string_view text = as_text(*pair);
  const std::size_t colon = text.find(':');
  std::optional<Credentials> out;
  if (colon != std::string_view::npos && colon + 1 < text.size())
    out.emplace(std::string(text.substr(0, colon)), Secret(std::string(text.substr(colon + 1))));
  wipe(pair->data(), pair->size());
  return out;
}

ServiceAnswer certificates_answer(const std::vector<Octets>& certificates) {
  return in_base64(kCertificatesMedia, write_certs_only(certificates));
}

ServiceAnswer later_answer(std::chrono::seconds after) {
  return {.status = 202, .retry_after = std::to_string(after.count())};
}

ServiceAnswer busy_answer(std::chrono::seconds after) {
  return {.status = 503,
          .content_type = "text/plain",
          .body = "not now; ask again in a while\n",
          .retry_after = std::to_string(after.count())};
}

ServiceAnswer attributes_answer() {
  // CsrAttrs ::= SEQUENCE OF AttrOrOID (RFC 8951 4, RFC 7030 4.5.2): a bare OID says "this is used here".
  const Octets attributes =
      ca::tagged(ca::Tag::sequence, {ca::object_id(NID_ecdsa_with_SHA256), ca::object_id(NID_ext_req)});
  return in_base64(kAttributesMedia, attributes);
}

ServiceAnswer who_are_you_answer() {
  // Without words: BouncyCastle's client, which asks once more with its ticket, breaks off over them.
  return {.status = 401, .authenticate = "Basic realm=\"enrolment\", charset=\"UTF-8\""};
}

ServiceAnswer refusal_answer(unsigned status, const std::string& words) {
  return {.status = status, .content_type = "text/plain", .body = words + "\n"};
}

}  // namespace gw::est
