#include "pki/usage.h"

namespace gw::pki {
namespace {

constexpr std::uint32_t kAbsent = UINT32_MAX;  // libcrypto's word for an extension that is not there

}  // namespace

Finding usage_finding(const X509* leaf, Peer peer) {
  X509* certificate = const_cast<X509*>(leaf);  // libcrypto caches what it reads
  if ((X509_get_extension_flags(certificate) & EXFLAG_CA) != 0)
    return {Fault::wrong_usage, "the leaf is an authority (CA/B BR 7.1.2.7.8)"};
  const std::uint32_t key = X509_get_key_usage(certificate);
  if (key != kAbsent && (key & KU_DIGITAL_SIGNATURE) == 0)
    return {Fault::wrong_usage, "the leaf's key may not sign (RFC 8446 4.4.2.2)"};
  const std::uint32_t purposes = X509_get_extended_key_usage(certificate);
  const std::uint32_t wanted = peer == Peer::terminal ? XKU_SSL_CLIENT : XKU_SSL_SERVER;
  if (purposes == kAbsent || (purposes & wanted) == 0 || (purposes & XKU_ANYEKU) != 0)
    return {Fault::wrong_usage, "the leaf is not made for this purpose by name (RFC 5280 4.2.1.12)"};
  return {};
}

}  // namespace gw::pki
