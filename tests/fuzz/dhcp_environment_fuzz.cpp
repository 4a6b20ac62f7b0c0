#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/codec.h"
#include "oneshots/dhcp_lease/announcement.h"

/// The first line is the word, every other one a variable.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> lines;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
    lines.push_back(rest.substr(0, rest[end] == '\n' ? end : end + 1));
    rest.remove_prefix(end + 1);
  }
  const std::string_view word = lines.empty() ? std::string_view{} : lines.front();
  if (!lines.empty()) lines.erase(lines.begin());
  const auto read = gw::dhcp_lease::read_announcement(word, lines);
  if (!read) return 0;
  const auto* lent = std::get_if<gw::ipc::dhcp::Lent>(&*read);
  if (lent != nullptr && !gw::decode<gw::ipc::dhcp::Lent>(gw::encode(*lent))) std::abort();
  return 0;
}
