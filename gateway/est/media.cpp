#include "est/media.h"

#include <optional>

#include "base/text.h"

namespace gw::est {
namespace {

constexpr std::string_view kSpace = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

/// "type/subtype" in lower case.
std::string media_of(std::string_view content_type) {
  return to_lower(trimmed(content_type.substr(0, content_type.find(';'))));
}

std::string_view without_quotes(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

/// The value of one parameter (RFC 9110 5.6.6), in lower case.
std::optional<std::string> parameter(std::string_view content_type, std::string_view name) {
  std::size_t semicolon = content_type.find(';');
  while (semicolon != std::string_view::npos) {
    content_type.remove_prefix(semicolon + 1);
    semicolon = content_type.find(';');
    const std::string_view one = trimmed(content_type.substr(0, semicolon));
    const std::size_t equals = one.find('=');
    if (equals != std::string_view::npos && to_lower(one.substr(0, equals)) == name)
      return to_lower(without_quotes(one.substr(equals + 1)));
  }
  return std::nullopt;
}

}  // namespace

bool is_certificates(std::string_view content_type) {
  const auto kind = parameter(content_type, "smime-type");
  return media_of(content_type) == "application/pkcs7-mime" && (!kind || *kind == "certs-only");
}

bool is_request(std::string_view content_type) { return media_of(content_type) == kRequestMedia; }

}  // namespace gw::est
