#include "est/held.h"

#include "base/check.h"
#include "ca/der.h"
#include "keys/pem_block.h"
#include "pki/certificate.h"

namespace gw::est {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kCertificate = "-----BEGIN CERTIFICATE-----";

Error damaged(const char* why) { return {ErrorCode::identity_damaged, why}; }

}  // namespace

Result<Held> read_held(std::string_view text) {
  const std::size_t chain_at = text.find(kCertificate);
  Held held{std::string(text.substr(0, chain_at)),
            chain_at == std::string_view::npos ? "" : std::string(text.substr(chain_at))};
  if (!held.key.starts_with(kBegin)) return damaged("no key stands before the certificates");
  if (held.has_chain() && !pki::read_certificates(held.chain)) return damaged("the chain cannot be read");
  return held;
}

std::string to_text(const Held& held) { return held.key + held.chain; }

std::string pem_of(const std::vector<const X509*>& certificates) {
  std::string out;
  for (const X509* certificate : certificates)
    out += keys::to_pem("CERTIFICATE", ca::encoded(i2d_X509, certificate));
  return out;
}

}  // namespace gw::est
