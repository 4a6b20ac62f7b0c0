#include "config/sources.h"

#include <algorithm>

namespace gw::config {
namespace {

const Sources::File* find(const Sources& sources, const std::string& path) {
  const auto found = std::find_if(sources.files.begin(), sources.files.end(),
                                  [&](const Sources::File& file) { return file.path == path; });
  return found == sources.files.end() ? nullptr : &*found;
}

std::size_t size_of(const Sources& sources) {
  std::size_t size = 0;
  for (const Sources::File& file : sources.files) size += file.content.size();
  return size;
}

std::string text_of(const Sources::File& file) { return {file.content.begin(), file.content.end()}; }

}  // namespace

FileReader keeping(FileReader read, Sources& into) {
  return [read = std::move(read), &into](const std::string& path) -> Result<std::string> {
    if (const Sources::File* known = find(into, path)) return text_of(*known);
    GW_TRY(std::string content, read(path));
    if (into.files.size() == kMostKeptFiles || size_of(into) + content.size() > kMostKept)
      return Error{ErrorCode::file_too_large, "all files of a configuration together exceed 64 MiB"};
    into.files.push_back({path, {content.begin(), content.end()}});
    return content;
  };
}

FileReader reader_of(const Sources& kept) {
  return [&kept](const std::string& path) -> Result<std::string> {
    if (const Sources::File* known = find(kept, path)) return text_of(*known);
    return Error{ErrorCode::file_unreadable, "it was not kept"};
  };
}

}  // namespace gw::config
