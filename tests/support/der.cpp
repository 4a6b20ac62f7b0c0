#include "support/der.h"

#include <openssl/objects.h>

#include "base/check.h"

namespace gw::support::der {
namespace {

std::string length(std::size_t size) {
  if (size < 0x80) return {static_cast<char>(size)};
  std::string octets;
  for (; size > 0; size >>= 8) octets.insert(octets.begin(), static_cast<char>(size & 0xff));
  return static_cast<char>(0x80 | octets.size()) + octets;
}

}  // namespace

std::string tagged(unsigned char tag, std::string_view content) {
  return static_cast<char>(tag) + length(content.size()) + std::string(content);
}

std::string sequence(std::initializer_list<std::string_view> parts) {
  std::string content;
  for (const std::string_view part : parts) content += part;
  return tagged(0x30, content);
}

std::string oid(const std::string& dotted) {
  ASN1_OBJECT* object = OBJ_txt2obj(dotted.c_str(), 1);
  GW_CHECK(object != nullptr, "the test's own object identifier is wrong");
  const auto* content = reinterpret_cast<const char*>(OBJ_get0_data(object));
  std::string encoded = tagged(0x06, {content, OBJ_length(object)});
  ASN1_OBJECT_free(object);
  return encoded;
}

std::string integer(std::string_view content) { return tagged(0x02, content); }
std::string octets(std::string_view content) { return tagged(0x04, content); }
std::string bits(std::string_view content) {
  return tagged(0x03, std::string(1, '\0') + std::string(content));
}
std::string boolean(bool value) { return tagged(0x01, std::string(1, value ? '\xff' : '\0')); }
std::string time(std::string_view text) {
  if (text.starts_with("U:")) return tagged(0x17, text.substr(2));
  if (text.starts_with("G:")) return tagged(0x18, text.substr(2));
  return tagged(text.size() < 15 ? 0x17 : 0x18, text);
}

std::string name(std::string_view common_name) {
  if (common_name.empty()) return sequence({});
  return sequence({tagged(0x31, sequence({oid("2.5.4.3"), tagged(0x0c, common_name)}))});
}

}  // namespace gw::support::der
