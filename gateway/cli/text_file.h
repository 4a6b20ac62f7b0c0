#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace gw::cli {

/// The whole of a file of at most 256 KiB; nothing, with a complaint, if it cannot be read.
std::optional<std::string> read_text(const std::string& path);

/// Makes a file that was not there. Fails with file.unreadable if something has its name already; then
/// nothing is touched.
Result<> write_new(const std::string& path, std::string_view content, mode_t mode);

/// Puts a file in another's place in one step, so that whoever opens it sees the old one or the new one
/// whole, after a power loss too. The old one is kept beside it as PATH.previous. Of several who do it at the
/// same time the last one stands.
Result<> write_in_place(const std::string& path, std::string_view content, mode_t mode);

}  // namespace gw::cli
