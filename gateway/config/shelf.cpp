#include "config/compilation.h"
#include "config/pem.h"

namespace gw::config {
namespace {

/// Every use of a file is a copy in some snapshot.
constexpr std::size_t kMostHandedOut = 64 * 1024 * 1024;

}  // namespace

Shelf::Shelf(const FileReader& read, Problems& problems)
    : read_(read),
      problems_(problems),
      certificates_{certificate_blocks},
      lists_{revocation_list_octets},
      keys_{public_key_block} {}

const Result<std::string>& Shelf::content(const std::string& path, Board& board) const {
  const auto known = board.by_path.find(path);
  if (known != board.by_path.end()) return known->second;
  Result<std::string> content = read_(path);
  if (!content)
    content = Error{ErrorCode::config_file_unreadable, content.error().detail};
  else
    content = board.kept_of(*content);
  return board.by_path.emplace(path, std::move(content)).first->second;
}

std::string Shelf::certificates(const Given<FilePath>& path) { return take_down(path, certificates_); }
std::string Shelf::revocation_list(const Given<FilePath>& path) { return take_down(path, lists_); }
std::string Shelf::public_key(const Given<FilePath>& path) { return take_down(path, keys_); }

std::string Shelf::take_down(const Given<FilePath>& path, Board& board) {
  if (!path) return {};
  const Result<std::string>& found = content(path->value, board);
  if (!found) {
    problems_.add(path.at, found.error().code,
                  in_quotes(path->value) + " cannot be used: " + found.error().detail);
    return {};
  }
  if (handed_out_ + found->size() > kMostHandedOut) {
    problems_.add(path.at, ErrorCode::config_too_large,
                  "all certificates and revocation lists together exceed 64 MiB; use fewer or smaller files");
    return {};
  }
  handed_out_ += found->size();
  return *found;
}

}  // namespace gw::config
