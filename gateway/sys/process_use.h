#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace gw::sys {

/// What a process takes of the machine.
struct ProcessUse {
  std::uint64_t resident = 0;              ///< octets of memory
  std::chrono::milliseconds processor{0};  ///< since it began
};

/// Of what the kernel tells in /proc/PID/stat (proc(5)); nothing if it is no such line. `page` octets and
/// `ticks` a second are what it counts in.
ProcessUse read_use(std::string_view stat, std::uint64_t page, std::uint64_t ticks);
/// Of a process; nothing if it is not there.
ProcessUse use_of(pid_t process);

}  // namespace gw::sys
