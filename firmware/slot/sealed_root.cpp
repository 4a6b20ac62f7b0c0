#include "slot/sealed_root.h"

#include "base/lines.h"
#include "base/text.h"

namespace gw::slot {

std::optional<SealedRoot> sealed_root(std::string_view line) {
  constexpr std::string_view kKey = "sekisho.root=";
  constexpr std::size_t kDigest = 64;  // SHA-256 in hex
  line = line.substr(0, line.find('\n'));
  while (!line.empty()) {
    const std::string_view word = take_word(line);
    if (!word.starts_with(kKey)) continue;
    const std::string_view value = word.substr(kKey.size());
    const std::size_t comma = value.find(',');
    if (comma != kDigest || !from_hex(value.substr(0, comma)) || !parse_decimal(value.substr(comma + 1)))
      return std::nullopt;
    return SealedRoot{std::string(value.substr(0, comma)), std::string(value.substr(comma + 1))};
  }
  return std::nullopt;
}

}  // namespace gw::slot
