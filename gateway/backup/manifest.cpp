#include "backup/manifest.h"

namespace gw::backup {
namespace {

std::string line_of(const Manifest::Entry& entry) {
  return "part " + text_of(entry.extent) + " " + entry.name + "\n";
}

}  // namespace

std::string manifest_text(const Head& head, const std::vector<Part>& parts) {
  std::string out = text_of(head);
  for (const Part& part : parts) out += line_of({part.name, extent_of(part.content)});
  return out;
}

std::optional<Manifest> parse_manifest(std::string_view text) {
  Lines lines(text);
  const auto head = take_head(lines);
  if (!head) return std::nullopt;
  Manifest out{*head, {}};
  std::string again = text_of(*head);
  while (!lines.is_at_end()) {
    auto line = lines.take("part ");
    if (!line || out.entries.size() == kMostParts) return std::nullopt;
    const auto extent = take_extent(*line);
    if (!extent || !is_part_name(*line)) return std::nullopt;
    out.entries.push_back({std::string(*line), *extent});
    again += line_of(out.entries.back());
  }
  if (again != text) return std::nullopt;
  return out;
}

}  // namespace gw::backup
