#pragma once

#include <cstdint>

#include "base/fd.h"
#include "base/result.h"

namespace gw::sys {

/// An empty directory of memory for a few small files of one account, in no namespace's tree: whoever is
/// handed it can stand in it, and nobody else finds it. It is gone with its last descriptor. The caller is
/// root.
Result<UniqueFd> make_memory_directory(std::uint32_t account);

}  // namespace gw::sys
