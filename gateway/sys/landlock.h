#pragma once

#include <cstdint>

#include "base/result.h"

namespace gw::sys {

/// What TCP a process may still do under Landlock (ABI 4; older kernels leave that to seccomp and
/// namespaces).
enum class Tcp : std::uint8_t { none, connect };

/// Takes every file, device, TCP act, abstract socket and signal beyond its own domain from the calling
/// thread, as far as the kernel knows how; `readable_beneath` (a directory, or -1) stays readable. A kernel
/// without Landlock is an error: there is no half-open sandbox. no_new_privs must be set.
Result<> landlock(int readable_beneath, Tcp tcp);

}  // namespace gw::sys
