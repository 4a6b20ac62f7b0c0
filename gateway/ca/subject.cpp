#include "ca/subject.h"

#include <openssl/err.h>

#include <algorithm>

#include "base/text.h"
#include "pki/handles.h"

namespace gw::ca {
namespace {

using NamePtr = std::unique_ptr<X509_NAME, pki::Freer<X509_NAME_free>>;

struct Row {
  Attribute attribute;
  std::string Subject::*text;
  int nid;
  const char* what;
};
constexpr Row kRows[] = {
    {Attribute::country, &Subject::country, NID_countryName, "the country is not two capital letters"},
    {Attribute::organization, &Subject::organization, NID_organizationName,
     "the organization is longer than 64 characters, or no plain text"},
    {Attribute::unit, &Subject::unit, NID_organizationalUnitName,
     "the unit is longer than 64 characters, or no plain text"},
    {Attribute::common_name, &Subject::common_name, NID_commonName,
     "the common name is longer than 64 characters, or no plain text"},
};
static_assert(std::size(kRows) == kAttributes);

bool is_plain(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const auto first = static_cast<unsigned char>(text.front());
    if (length == 0 || first < 0x20 || first == 0x7f) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool is_country(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool add(X509_NAME* name, const Row& row, const std::string& text) {
  if (row.attribute == Attribute::country ? !is_country(text) : !is_plain(text)) return false;
  const bool added = X509_NAME_add_entry_by_NID(name, row.nid, MBSTRING_UTF8, as_bytes(text).data(),
                                                static_cast<int>(text.size()), -1, 0) == 1;
  ERR_clear_error();
  return added;
}

}  // namespace

const std::string& Subject::operator[](Attribute attribute) const {
  return this->*kRows[static_cast<std::size_t>(attribute)].text;
}

Result<Octets> name_of(const Subject& subject) {
  const NamePtr name(X509_NAME_new());
  GW_CHECK(name, "out of memory");
  for (const Row& row : kRows) {
    const std::string& text = subject.*row.text;
    if (!text.empty() && !add(name.get(), row, text))
      return Error{ErrorCode::issue_outside_profile, row.what};
  }
  if (X509_NAME_entry_count(name.get()) == 0)
    return Error{ErrorCode::issue_outside_profile, "a subject without any name cannot be told apart"};
  return encoded(i2d_X509_NAME, static_cast<const X509_NAME*>(name.get()));
}

}  // namespace gw::ca
