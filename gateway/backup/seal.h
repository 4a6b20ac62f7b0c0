#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "backup/head.h"
#include "base/bytes.h"
#include "pki/certificate.h"

namespace gw::backup {

/// How many octets, and which.
struct Extent {
  std::uint64_t size = 0;
  pki::Sha256 digest{};

  friend bool operator==(const Extent&, const Extent&) = default;
};
Extent extent_of(Bytes octets);
/// "size sha256".
std::string text_of(const Extent& extent);
/// Takes two words off the front.
std::optional<Extent> take_extent(std::string_view& words);

/// What the box signs.
struct Seal {
  Head head{};
  Extent readme{};
  Extent content{};   ///< the archive of the parts, as it is before it is encrypted
  Extent envelope{};  ///< the same as it lies in the file

  friend bool operator==(const Seal&, const Seal&) = default;
};
std::string text_of(const Seal& seal);
/// Of exactly that text.
std::optional<Seal> parse_seal(std::string_view text);

}  // namespace gw::backup
