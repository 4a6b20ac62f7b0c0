#pragma once

#include <string>

#include "base/result.h"

namespace gw::erase {

/// The partition named `state` on the disk that carries the root, as a device; udev need not have seen it
/// yet. What is named so on a stick, or on a second disk, is not ours. file.unreadable if there is none, or
/// more than one.
Result<std::string> state_partition(const std::string& root);

/// Nothing is written into the state any more: what is mounted at `folder` is unmounted, or, while somebody
/// holds on to it, made read-only with all that was written on the disk.
Result<> end_writing(const std::string& folder);

/// The kernel forgets the key of what is mapped onto that partition (dm-crypt), so that nothing reads through
/// it or writes behind what was erased until the machine starts anew. Done if nothing is mapped.
/// system.call_failed while somebody holds on to it.
Result<> close_mapping(const std::string& root, const std::string& device);

}  // namespace gw::erase
