#include "token/uri.h"

#include "base/text.h"
#include "keys/der.h"
#include "keys/opening.h"
#include "keys/pem_block.h"

namespace gw::token {
namespace {

constexpr std::string_view kScheme = "pkcs11:";
constexpr std::string_view kBlockVersion = "PKCS#11 Provider URI v1.0";
constexpr std::size_t kMostText = 256;  // of one value; a token's label has 32

struct Row {
  std::string_view name;
  std::optional<std::string> Uri::*field;
};
constexpr Row kRows[] = {
    {"token", &Uri::token},   {"manufacturer", &Uri::manufacturer},
    {"model", &Uri::model},   {"serial", &Uri::serial},
    {"object", &Uri::object}, {"id", &Uri::id},
};

Error unreadable(std::string_view why) {
  return {ErrorCode::key_unreadable, "the PKCS#11 URI " + std::string(why)};
}

/// RFC 3986 2.1.
Result<std::string> unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text[0] != '%') {
      out += text[0];
      text.remove_prefix(1);
      continue;
    }
    const auto octet = from_hex(text.substr(1, 2));
    if (!octet || octet->size() != 1) return unreadable("has a % that is not followed by two digits");
    out += *octet;
    text.remove_prefix(3);
  }
  if (out.empty() || out.size() > kMostText) return unreadable("has a value of no or of too much length");
  return out;
}

/// Takes the text before the next separator off the front.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

Result<> take_in(Uri& uri, std::string_view attribute) {
  const std::string_view name = take_until(attribute, '=');
  GW_TRY(auto value, unescaped(attribute));
  if (name == "type" && value == "private") return Done{};
  for (const Row& row : kRows) {
    if (row.name != name) continue;
    if (uri.*row.field) return unreadable("says something twice");  // RFC 7512 2.3
    uri.*row.field = std::move(value);
    return Done{};
  }
  return unreadable(
      "has an attribute that is not used here: token, manufacturer, model, serial, object, id are");
}

}  // namespace

Result<Uri> parse_uri(std::string_view text) {
  if (!text.starts_with(kScheme)) return unreadable("does not begin with pkcs11:");
  text.remove_prefix(kScheme.size());
  if (text.find('?') != std::string_view::npos)
    return unreadable("names a PIN or a module: they are the box's, not the key file's");
  Uri uri;
  while (!text.empty()) GW_TRY(take_in(uri, take_until(text, ';')));
  if (!uri.object && !uri.id) return unreadable("names no key: give its object or its id");
  return uri;
}

Result<Uri> read_uri_file(Bytes der) {
  GW_TRY(const auto items, keys::read_der_sequence(der));
  if (items.size() != 2 || !items[0].is(keys::DerTag::visible) || as_text(items[0].value) != kBlockVersion ||
      !items[1].is(keys::DerTag::utf8))
    return Error{ErrorCode::key_unreadable, "it holds no PKCS#11 Provider URI v1.0"};
  return parse_uri(as_text(items[1].value));
}

std::string write_uri_file(std::string_view uri) {
  return keys::to_pem(keys::kTokenLabel,
                      keys::write_der(keys::DerTag::sequence,
                                      {keys::write_der(keys::DerTag::visible, as_bytes(kBlockVersion)),
                                       keys::write_der(keys::DerTag::utf8, as_bytes(uri))}));
}

}  // namespace gw::token
