#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/fd.h"
#include "base/result.h"

namespace gw::oneshots {

/// file.unreadable, file.too_large.
Result<std::vector<std::uint8_t>> read_file_at(const std::string& path, std::size_t most);

/// A folder in which there is nothing, made if it is missing; only a file of that name may lie in it.
/// restore.not_empty.
Result<UniqueFd> empty_folder(const std::string& path, std::string_view may_hold = {});

/// Puts a file into a folder, beneath further ones if its path has them, readable for everybody. `path` is
/// relative and has neither dots nor doubles. system.call_failed.
Result<> put_beneath(int folder, const std::string& path, Bytes octets);

}  // namespace gw::oneshots
