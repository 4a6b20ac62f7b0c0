#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"

namespace gw::sys {

/// What TCP a process may still do under Landlock (ABI 4; older kernels leave that to seccomp and
/// namespaces).
enum class Tcp : std::uint8_t { none, connect };

/// What a file may still be used for.
enum class Use : std::uint8_t {
  read_beneath,  ///< a directory and all in it
  run,           ///< a program, and only this file
  read,          ///< one file
  read_write,    ///< one file or device
  keep_files,    ///< a directory in which files are listed, made, written and taken away again
};
struct Grant {
  int file;  ///< open, also with O_PATH
  Use use;
};

/// Takes every file, device, TCP act, abstract socket and signal beyond its own domain from the calling
/// thread, as far as the kernel knows how; what is granted stays. A kernel without Landlock is an error:
/// there is no half-open sandbox. no_new_privs must be set.
Result<> landlock(std::span<const Grant> grants, Tcp tcp);

}  // namespace gw::sys
