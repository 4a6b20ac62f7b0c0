#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fd.h"
#include "base/result.h"
#include "sys/child.h"

namespace gw::sys {

/// What a process may be and have, decided before its program starts (architecture 1.2). Every process also
/// gets its own session, mount, process, IPC and host name namespaces, an empty environment, no core dumps,
/// no groups but its own, no_new_privs, and dies with the thread that started it.
struct Confinement {
  std::uint32_t account = 0;  ///< user and group id; never zero
  std::uint64_t capabilities =
      0;  ///< bits kept (permitted, effective, ambient); the bounding set is cut to them
  std::optional<int> network{};          ///< namespace descriptor; nothing: a fresh one without any interface
  std::optional<std::uint64_t> files{};  ///< most descriptors; nothing: as many as the hard limit allows
  std::optional<int> cgroup{};           ///< directory of a version 2 group to start in
};

/// A descriptor of ours and the number (below kMaxPlaces) under which the process finds it.
struct Placed {
  int fd;
  int at;
};
inline constexpr int kMaxPlaces = 16;

/// What to start. Descriptors 0 to 2 are /dev/null unless placed; all that is not placed is closed.
struct Start {
  int program = -1;                      ///< the program's file; no path is walked under the new account
  std::vector<std::string> arguments{};  ///< with the name at the front
  std::vector<Placed> places{};
};

/// Returns when the program runs; the error names the step that failed. The caller is single-threaded.
Result<Child> spawn(const Start& start, const Confinement& confinement);

/// A program file to start from.
Result<UniqueFd> open_program(const std::string& path);

}  // namespace gw::sys
