#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace gw::backup {

/// What form of a private key there is somewhere in these octets (BAK-04): text between BEGIN and END of any
/// kind of "PRIVATE KEY", encrypted ones too; or, in DER, PKCS#8 (RFC 5958), RSA (RFC 8017 A.1.2), elliptic
/// curves (RFC 5915) or PKCS#12 (RFC 7292). Nothing if there is none. A key that somebody has taken out of
/// such a form, as bare base64 without its lines, is not seen.
std::optional<std::string_view> private_key_in(Bytes octets);

}  // namespace gw::backup
