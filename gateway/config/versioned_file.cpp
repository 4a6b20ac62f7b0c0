#include "config/versioned_file.h"

#include "config/source.h"

namespace gw::config {

std::optional<Node> read_keys(std::string_view text, std::size_t most, std::string_view what,
                              Problems& problems) {
  if (text.size() > most) {
    problems.add({}, ErrorCode::config_too_large,
                 "the file is larger than " + std::to_string(most / 1024) + " KiB; a " + std::string(what) +
                     " is not");
    return std::nullopt;
  }
  auto root = read_source(text, problems);
  if (!root && problems.errors() == 0)
    problems.add({1, 1}, ErrorCode::config_version, "the file is empty; begin it with `version: 1`");
  if (!root) return std::nullopt;
  if (!is_group(*root, {1, 1}, "the file", "a group of keys; begin it with `version: 1`", problems))
    return std::nullopt;
  return root;
}

void read_version(MapReader& keys, const Node& root, Problems& problems) {
  const auto version = keys.text(keys.required("version", "begin the file with `version: 1`"));
  if (version && *version != "1")
    problems.add(root.at, ErrorCode::config_version, "this program reads version 1; write `version: 1`");
}

}  // namespace gw::config
