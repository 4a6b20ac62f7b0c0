#include "pki/validity.h"

#include <algorithm>
#include <string_view>

namespace gw::pki {
namespace {

constexpr std::size_t kUtcLetters = 13;          // YYMMDDHHMMSSZ
constexpr std::size_t kGeneralizedLetters = 15;  // YYYYMMDDHHMMSSZ

bool is_exact(std::string_view text, std::size_t letters) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() == letters && text.back() == 'Z' && std::all_of(text.begin(), text.end() - 1, is_digit);
}

bool is_well_written(const ASN1_TIME* time) {
  const std::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                              static_cast<std::size_t>(ASN1_STRING_length(time)));
  if (ASN1_TIME_check(time) != 1) return false;
  if (ASN1_STRING_type(time) == V_ASN1_UTCTIME) return is_exact(text, kUtcLetters);
  return is_exact(text, kGeneralizedLetters) && text.substr(0, 4) >= "2050";
}

}  // namespace

Finding validity_finding(const X509* certificate) {
  if (is_well_written(X509_get0_notBefore(certificate)) && is_well_written(X509_get0_notAfter(certificate)))
    return {};
  return {Fault::malformed, "the period of validity is not written as it must be (RFC 5280 4.1.2.5)"};
}

}  // namespace gw::pki
