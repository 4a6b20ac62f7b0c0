#include "config/compilation.h"
#include "config/pem.h"

namespace gw::config {
namespace {

/// Every use of a file is a copy in some snapshot.
constexpr std::size_t kMostHandedOut = 64 * 1024 * 1024;

}  // namespace

const Result<std::string>& Shelf::content(const std::string& path) {
  const auto known = by_path_.find(path);
  if (known != by_path_.end()) return known->second;
  Result<std::string> content = read_(path);
  if (!content)
    content = Error{ErrorCode::config_file_unreadable, content.error().detail};
  else
    content = certificate_blocks(*content);
  return by_path_.emplace(path, std::move(content)).first->second;
}

std::string Shelf::certificates(const Given<FilePath>& path) {
  if (!path) return {};
  const Result<std::string>& found = content(path->value);
  if (!found) {
    problems_.add(path.at, found.error().code,
                  in_quotes(path->value) + " cannot be used: " + found.error().detail);
    return {};
  }
  if (handed_out_ + found->size() > kMostHandedOut) {
    problems_.add(path.at, ErrorCode::config_too_large,
                  "all certificates together exceed 64 MiB; use fewer or smaller files");
    return {};
  }
  handed_out_ += found->size();
  return *found;
}

}  // namespace gw::config
