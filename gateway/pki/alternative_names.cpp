#include "pki/alternative_names.h"

#include <algorithm>

namespace gw::pki {
namespace {

constexpr std::size_t kMostName = 253, kMostLabel = 63;  // RFC 1035 2.3.4, as text

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_printable(char c) { return c > 0x20 && c < 0x7f; }

bool is_label(std::string_view label) {
  const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
  return !label.empty() && label.size() <= kMostLabel && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), allowed);
}

std::string_view text_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

bool is_address(const ASN1_STRING* octets) {
  const int size = ASN1_STRING_length(octets);
  return size == 4 || size == 16;
}

Finding name_finding(const GENERAL_NAME& name) {
  if (name.type == GEN_DNS && !is_dns_name(text_of(name.d.dNSName)))
    return {Fault::malformed, "a DNS name is not a host name (RFC 5280 4.2.1.6)"};
  if (name.type == GEN_URI && !is_absolute_uri(text_of(name.d.uniformResourceIdentifier)))
    return {Fault::malformed, "a URI is not absolute (RFC 5280 4.2.1.6)"};
  if (name.type == GEN_EMAIL && !is_mailbox(text_of(name.d.rfc822Name)))
    return {Fault::malformed, "a mail address is not a mailbox (RFC 5280 4.2.1.6)"};
  if (name.type == GEN_IPADD && !is_address(name.d.iPAddress))
    return {Fault::malformed, "an address has neither 4 nor 16 octets (RFC 5280 4.2.1.6)"};
  return {};
}

}  // namespace

bool is_dns_name(std::string_view text) {
  if (text.size() > kMostName) return false;
  if (text.starts_with("*.")) text.remove_prefix(2);
  std::string_view label;
  for (;;) {
    const std::size_t dot = text.find('.');
    label = text.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == std::string_view::npos) break;
    text.remove_prefix(dot + 1);
  }
  return !std::all_of(label.begin(), label.end(), is_digit);  // RFC 1123 2.1: the last one tells an address
}

bool is_absolute_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
  const std::string_view scheme = text.substr(0, colon);
  const auto in_scheme = [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  };
  return is_letter(scheme.front()) && std::all_of(scheme.begin(), scheme.end(), in_scheme) &&
         std::all_of(text.begin(), text.end(), is_printable);
}

bool is_mailbox(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view local = text.substr(0, at), host = text.substr(at + 1);
  const auto in_local = [](char c) {
    return is_printable(c) && std::string_view("\"(),:;<>@[\\]").find(c) == std::string_view::npos;
  };
  return std::all_of(local.begin(), local.end(), in_local) && is_dns_name(host) && host.front() != '*';
}

Finding names_finding(const X509* certificate) {
  int critical = 0;
  const GeneralNamesPtr names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, &critical, nullptr)));
  if (!names && critical == -1) return {};
  if (!names) return {Fault::malformed, "the alternative names cannot be read (RFC 5280 4.2.1.6)"};
  if (sk_GENERAL_NAME_num(names.get()) > kMaxNames)
    return {Fault::malformed, "there are more alternative names than anybody needs"};
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i)
    if (const Finding found = name_finding(*sk_GENERAL_NAME_value(names.get(), i))) return found;
  return {};
}

}  // namespace gw::pki
