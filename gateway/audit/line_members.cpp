#include "audit/line_members.h"

namespace gw::audit {
namespace {

/// A JSON string off the front, as we write them: what is escaped by its code stays so, since nobody who
/// reads these needs a control character.
std::optional<std::string> take_string(std::string_view& text) {
  if (!text.starts_with('"')) return std::nullopt;
  std::string out;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return text.remove_prefix(i + 1), out;
    const bool is_mark =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
    out.push_back(text[is_mark ? ++i : i]);
  }
  return std::nullopt;
}

std::optional<std::string> take_value(std::string_view& text) {
  if (text.starts_with('"')) return take_string(text);
  const std::size_t end = text.find_first_not_of("0123456789");
  if (end == 0 || end == std::string_view::npos) return std::nullopt;
  std::string out(text.substr(0, end));
  text.remove_prefix(end);
  return out;
}

}  // namespace

std::optional<std::vector<LineMember>> members_of(std::string_view line) {
  std::vector<LineMember> out;
  for (std::string_view rest = line; rest.starts_with(line.size() == rest.size() ? '{' : ',');) {
    rest.remove_prefix(1);
    auto name = take_string(rest);
    if (!name || !rest.starts_with(':')) return std::nullopt;
    rest.remove_prefix(1);
    auto value = take_value(rest);
    if (!value) return std::nullopt;
    out.push_back({*std::move(name), *std::move(value)});
    if (rest == "}") return out;
  }
  return std::nullopt;
}

}  // namespace gw::audit
