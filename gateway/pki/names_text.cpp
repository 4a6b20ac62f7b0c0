#include "pki/names_text.h"

#include <algorithm>
#include <string_view>

#include "base/bytes.h"
#include "base/check.h"
#include "base/text.h"
#include "model/address.h"
#include "pki/alternative_names.h"

namespace gw::pki {
namespace {

/// Cut first, so that no name is longer for being strange; then as JSON escapes, without its quotes.
std::string plain(std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text.substr(0, kForeignTextLimit));
  return quoted.substr(1, quoted.size() - 2);
}

std::string_view octets_of(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(ASN1_STRING_length(string))};
}

std::string address_text(std::string_view octets) {
  model::IpAddress::Octets all{};
  if (octets.size() != 4 && octets.size() != 16) return "?";
  std::copy(octets.begin(), octets.end(), all.begin());
  return model::IpAddress(octets.size() == 4 ? model::Family::ipv4 : model::Family::ipv6, all).to_text();
}

std::string text_of(const GENERAL_NAME& name) {
  switch (name.type) {
    case GEN_URI:
      return "URI:" + plain(octets_of(name.d.uniformResourceIdentifier));
    case GEN_DNS:
      return "DNS:" + plain(octets_of(name.d.dNSName));
    case GEN_EMAIL:
      return "email:" + plain(octets_of(name.d.rfc822Name));
    case GEN_IPADD:
      return "IP:" + address_text(octets_of(name.d.iPAddress));
    case GEN_DIRNAME:
      return "directory name:" + name_text(name.d.directoryName);
    default:
      return "a name of another kind";
  }
}

}  // namespace

std::string name_text(const X509_NAME* name) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  constexpr unsigned long kForm = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  GW_CHECK(bio && X509_NAME_print_ex(bio.get(), name, 0, kForm) >= 0, "out of memory");
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return plain({text, static_cast<std::size_t>(size)});
}

std::vector<std::string> names_text(const GENERAL_NAMES* names) {
  std::vector<std::string> out;
  const int count = names != nullptr ? std::min(sk_GENERAL_NAME_num(names), kMaxNames) : 0;
  for (int i = 0; i < count; ++i) out.push_back(text_of(*sk_GENERAL_NAME_value(names, i)));
  return out;
}

std::vector<std::string> names_text(const X509* certificate) {
  const GeneralNamesPtr names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  return names_text(names.get());
}

}  // namespace gw::pki
