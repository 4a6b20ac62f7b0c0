#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::sys {

/// Puts `bytes` at `folder`/`name`, mode 0600, so that after a power loss there is what was there before or
/// all of this, never half of one. On the disk when it returns. No link, pipe or file that lies at `name` or
/// beside it is followed or opened: the folder may be on a medium that somebody else has written.
/// store.full if there is no room for it; whatever goes wrong before the name is there, what was written is
/// taken away again.
Result<> write_durably(const std::string& folder, const std::string& name, Bytes bytes);

/// The same in a folder that is open.
Result<> write_durably(int folder, const std::string& name, Bytes bytes);

/// What is at `path`: nothing if there is no file. file.too_large beyond `most` bytes.
Result<std::vector<std::uint8_t>> read_kept(const std::string& path, std::size_t most);

}  // namespace gw::sys
