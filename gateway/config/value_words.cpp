// The forms that stay text: names, paths, host names.

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "config/value.h"

namespace gw::config {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

template <class Test>
bool all(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}

Error malformed(std::string_view text, const char* instead) {
  return {ErrorCode::config_value_format, in_quotes(text) + " " + instead};
}

/// A path that says where it leads: no empty, "." or ".." part.
bool is_direct_path(std::string_view text) {
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t end = std::min(text.find('/', start), text.size());
    const std::string_view part = text.substr(start, end - start);
    if (part.empty() || part == "." || part == "..") return false;
    start = end + 1;
  }
  return true;
}

}  // namespace

static_assert(model::kMaxName == kNameLimit);
Result<std::string> check_name(std::string_view text) {
  if (!is_name(text))
    return malformed(text, "is no name: use 1 to 63 of a-z, 0-9 and hyphens, the hyphens inside");
  return std::string(text);
}

Result<std::string> check_interface(std::string_view text) {
  if (!is_interface_name(text))
    return malformed(text,
                     "is no interface: give the kernel's name, such as `eth0`, of at most 15 characters");
  return std::string(text);
}

Result<std::string> check_path(std::string_view text) {
  if (text.size() > 255 || !is_direct_path(text))
    return malformed(
        text, "is no path: give one relative to this file's directory, without `.`, `..` or a leading `/`");
  return std::string(text);
}

Result<std::string> check_host_name(std::string_view text) {
  // An all-numeric top label would make it an address (RFC 3696 2), and SAN checks go by name.
  const std::string_view top =
      text.substr(text.rfind('.') == std::string_view::npos ? 0 : text.rfind('.') + 1);
  if (!is_host_name(text) || !std::any_of(top.begin(), top.end(), is_letter))
    return malformed(text,
                     "is no host name: write it whole, such as `emr.example`, without wildcard or port");
  return to_lower(text);
}

Result<std::string> check_label(std::string_view text) {
  // RFC 7030 3.2.2: a label must not be one of the operations' own segments; the rest is RFC 3986 2.3.
  static constexpr std::string_view kOperations[] = {"cacerts", "simpleenroll", "simplereenroll",
                                                     "fullcmc", "serverkeygen", "csrattrs"};
  const auto is_unreserved = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
  };
  const bool is_operation =
      std::find(std::begin(kOperations), std::end(kOperations), text) != std::end(kOperations);
  if (text.empty() || text.size() > 64 || text.front() == '.' || !all(text, is_unreserved) || is_operation)
    return malformed(
        text,
        "is no label: use 1 to 64 of letters, digits, `-`, `_`, `~` and inside of `.`, and none of the "
        "words that EST itself uses, such as `cacerts`");
  return std::string(text);
}

Result<std::string> check_url_path(std::string_view text) {
  static constexpr std::string_view kMarks = "/-._~!$&'()*+,;=:@%";  // RFC 3986 3.3
  const auto may_stand = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || kMarks.find(c) != std::string_view::npos;
  };
  if (text.empty() || text.size() > model::kMaxResponderPath || text.front() != '/' || !all(text, may_stand))
    return malformed(text,
                     "is no path of a URL: begin with `/` and give the part behind host and port, such "
                     "as `/ocsp`, without `?` or `#`");
  return std::string(text);
}

Result<std::string> check_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  const bool formed =
      colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() && is_letter(text[0]);
  if (!formed || text.size() > 512 || !all(text, is_visible))
    return malformed(text,
                     "is no URI: write it as it stands in the certificate, such as `urn:sekisho:karte:ct-1`");
  return std::string(text);
}

Result<std::string> check_email(std::string_view text) {
  const std::size_t at = text.find('@');
  const bool formed = at != std::string_view::npos && at > 0 && is_host_name(text.substr(at + 1));
  if (!formed || text.size() > 254 || !all(text, is_visible))
    return malformed(text, "is no mail address: write it as it stands in the certificate");
  return std::string(text);
}

Result<std::string> check_line(std::string_view text, std::size_t most) {
  const auto is_start = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const auto characters = static_cast<std::size_t>(std::ranges::count_if(text, is_start));
  if (characters == 0 || characters > most)
    return Error{ErrorCode::config_value_format,
                 "write 1 to " + std::to_string(most) + " characters, in words of your own"};
  return std::string(text);
}

}  // namespace gw::config
