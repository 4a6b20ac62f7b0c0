#pragma once

#include <string>
#include <string_view>

namespace gw::est {

inline constexpr const char* kRequestMedia = "application/pkcs10";  // RFC 5967
inline constexpr const char* kCertificatesMedia =
    "application/pkcs7-mime; smime-type=certs-only";                     // RFC 8551 3.2
inline constexpr const char* kAttributesMedia = "application/csrattrs";  // RFC 7030 4.5.2

/// Is it certificates? The parameter may be left out, but must not say anything else (RFC 7030 4.1.3, 4.2.3).
bool is_certificates(std::string_view content_type);
/// Is it a request, with any parameters?
bool is_request(std::string_view content_type);

}  // namespace gw::est
