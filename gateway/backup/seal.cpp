#include "backup/seal.h"

#include "base/text.h"

namespace gw::backup {

Extent extent_of(Bytes octets) { return {octets.size(), pki::sha256_of(octets)}; }

std::string text_of(const Extent& extent) {
  return std::to_string(extent.size) + " " + to_hex(extent.digest);
}

std::optional<Extent> take_extent(std::string_view& words) {
  const auto size = parse_decimal(take_word(words));
  const std::string_view hex = take_word(words);
  const auto digest = octets_of_hex<32>(hex);
  if (!size || !digest || to_lower(hex) != hex) return std::nullopt;
  return Extent{*size, *digest};
}

std::string text_of(const Seal& seal) {
  std::string out = text_of(seal.head);
  out.append("readme ").append(text_of(seal.readme)).append("\n");
  out.append("content ").append(text_of(seal.content)).append("\n");
  return out.append("envelope ").append(text_of(seal.envelope)).append("\n");
}

std::optional<Seal> parse_seal(std::string_view text) {
  Lines lines(text);
  const auto head = take_head(lines);
  auto readme = lines.take("readme "), content = lines.take("content "), envelope = lines.take("envelope ");
  if (!head || !readme || !content || !envelope || !lines.is_at_end()) return std::nullopt;
  const auto guide = take_extent(*readme), inner = take_extent(*content), outer = take_extent(*envelope);
  if (!guide || !inner || !outer) return std::nullopt;
  Seal seal{*head, *guide, *inner, *outer};
  if (text_of(seal) != text) return std::nullopt;
  return seal;
}

}  // namespace gw::backup
