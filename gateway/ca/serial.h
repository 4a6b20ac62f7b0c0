#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ca/der.h"
#include "pki/handles.h"

namespace gw::ca {

/// A certificate's serial number: positive, at most twenty octets of DER (RFC 5280 4.1.2.2).
class Serial {
 public:
  /// Twenty octets, of which 158 bits are random: nobody can foretell what will be signed (CA/B BR 7.1 asks
  /// for 64). The only thing in this module that is not a function of what it is given.
  static Serial random();
  /// From content octets as DER has them; certificate.unreadable if they are no such number.
  static Result<Serial> of(Bytes content);
  static Result<Serial> of_hex(std::string_view hex);
  static Result<Serial> of(const X509* certificate);

  Octets der() const { return tagged(Tag::integer, Bytes(content_)); }
  std::string hex() const;
  friend auto operator<=>(const Serial&, const Serial&) = default;

 private:
  explicit Serial(Octets content) : content_(std::move(content)) {}
  Octets content_;
};

}  // namespace gw::ca
