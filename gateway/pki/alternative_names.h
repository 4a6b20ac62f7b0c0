#pragma once

#include <string_view>

#include "pki/handles.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// Most names in one certificate: public services share certificates among many.
inline constexpr int kMaxNames = 256;

/// How the subject alternative names are written (RFC 5280 4.2.1.6). A certificate without any is fine here;
/// whether it names somebody is the identity's to say.
Finding names_finding(const X509* certificate);

/// A host name as RFC 1034 3.5 and RFC 1123 2.1 prefer it, in ASCII; its left-most label may be `*`
/// (RFC 9525 6.3) if another follows. No dot at the end, no address.
bool is_dns_name(std::string_view text);
/// scheme ":" and something that follows, in printable ASCII without blanks (RFC 3986 3).
bool is_absolute_uri(std::string_view text);
/// local-part "@" host (RFC 5280 4.2.1.6, RFC 2821 4.1.2); quoted local parts are not taken.
bool is_mailbox(std::string_view text);

}  // namespace gw::pki
