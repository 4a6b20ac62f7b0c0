#include "backup/configuration_parts.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "base/bytes.h"

namespace gw::backup {
namespace {

constexpr std::string_view kText = "configuration/sekisho.yaml", kPaths = "configuration/paths.txt";

std::string name_of(std::size_t number) {
  std::array<char, 64> name{};
  std::snprintf(name.data(), name.size(), "configuration/files/%05zu", number);
  return name.data();
}

std::vector<std::uint8_t> octets_of(std::string_view text) {
  const Bytes octets = as_bytes(text);
  return {octets.begin(), octets.end()};
}

Error malformed(const char* why) { return {ErrorCode::backup_malformed, why}; }

}  // namespace

Result<std::vector<Part>> parts_of(const config::Sources& sources) {
  std::vector<Part> parts = {{std::string(kText), octets_of(sources.text)}, {std::string(kPaths), {}}};
  std::string paths;
  for (const auto& file : sources.files) {
    if (file.path.empty() || file.path.find('\n') != std::string::npos)
      return Error{ErrorCode::backup_part_unsuitable,
                   "a file's path has two lines; give the file another name"};
    paths.append(file.path).append("\n");
    parts.push_back({name_of(parts.size() - 2), file.content});
  }
  parts[1].content = octets_of(paths);
  return parts;
}

Result<config::Sources> sources_in(const std::vector<Part>& parts) {
  std::map<std::string_view, const Part*> by_name;
  for (const Part& part : parts) by_name[part.name] = &part;
  if (!by_name.contains(kText) || !by_name.contains(kPaths)) return malformed("it holds no configuration");
  config::Sources out;
  out.text = as_text(by_name[kText]->content);
  std::string_view paths = as_text(by_name[kPaths]->content);
  for (std::size_t end; (end = paths.find('\n')) != std::string_view::npos; paths.remove_prefix(end + 1)) {
    const auto found = by_name.find(name_of(out.files.size()));
    if (found == by_name.end()) return malformed("a file of its configuration is missing");
    out.files.push_back({std::string(paths.substr(0, end)), found->second->content});
  }
  const auto files = std::ranges::count_if(
      parts, [](const Part& part) { return part.name.starts_with("configuration/files/"); });
  if (!paths.empty() || static_cast<std::size_t>(files) != out.files.size() ||
      out.text.size() > config::kMaxSource)
    return malformed("the list of its configuration's files is not whole");
  return out;
}

}  // namespace gw::backup
