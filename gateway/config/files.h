#pragma once

#include <functional>
#include <string>

#include "base/fd.h"
#include "base/result.h"

namespace gw::config {

/// Of any file, octets: a revocation list may be that large (model::kMaxRevocationList).
inline constexpr std::size_t kMaxFile = 8 * 1024 * 1024;

/// Gives the content of a file the configuration names, by its path relative to the configuration's
/// directory.
using FileReader = std::function<Result<std::string>(const std::string& path)>;

/// Reads regular files beneath the directory and nowhere else: neither `..` nor a symbolic link leads out
/// (openat2, RESOLVE_BENEATH). Fails with file.unreadable or file.too_large. The reader borrows the
/// descriptor.
FileReader reader_beneath(int directory);

/// The whole of an open regular file of at most `most` bytes.
Result<std::string> read_file(int fd, std::size_t most);

}  // namespace gw::config
