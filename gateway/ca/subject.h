#pragma once

#include <string>

#include "base/result.h"
#include "ca/der.h"

namespace gw::ca {

/// What a subject may be made of (RFC 5280 4.1.2.4).
enum class Attribute : std::uint8_t { country, organization, unit, common_name };
inline constexpr std::size_t kAttributes = 4;

/// A subject's name; empty attributes are left out. It is for people: who a certificate is, its alternative
/// names say.
struct Subject {
  std::string country{};
  std::string organization{};
  std::string unit{};
  std::string common_name{};

  const std::string& operator[](Attribute attribute) const;
};

/// The Name in DER: UTF-8, the country in PrintableString (RFC 5280 4.1.2.4, A.1). issue.outside_profile if
/// an attribute is longer than its upper bound, no UTF-8, or has control characters; or if there is none.
Result<Octets> name_of(const Subject& subject);

}  // namespace gw::ca
