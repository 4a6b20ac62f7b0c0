#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace gw::keys {

/// What stands between BEGIN and END of a PEM text (RFC 7468).
struct PemBlock {
  std::string label;
  Secret der;

  Bytes bytes() const { return as_bytes(der.view()); }
};

/// The first block whose label is one of `labels`; others, such as certificates, are passed over. Every copy
/// made on the way is wiped. key.unreadable if there is none, if it is damaged, or if it has the header lines
/// of an encryption older than PKCS#8 (RFC 1421).
Result<PemBlock> find_pem(const Secret& text, const std::vector<std::string_view>& labels);

/// A block for things that are no secret.
std::string to_pem(const char* label, Bytes der);

}  // namespace gw::keys
