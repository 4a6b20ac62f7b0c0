#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "base/fd.h"
#include "base/result.h"

namespace gw::sys {

/// A process we started. The pidfd becomes readable when it ends and never means another process.
struct Child {
  pid_t pid = 0;
  UniqueFd pidfd{};
};

/// How a process ended.
struct Ending {
  enum class How : std::uint8_t { exited, killed };
  How how = How::exited;
  int number = 0;  ///< exit status or signal

  bool clean() const { return how == How::exited && number == 0; }
  /// "exit 1", "signal 31"
  std::string to_text() const;
};

/// The ending if the child has ended; collects it. Nothing while it runs.
Result<std::optional<Ending>> collect(const Child& child);
/// Waits for the end. For a child that was killed or is about to end.
Result<Ending> wait_for(const Child& child);
/// Waits until it runs no more; its ending can still be collected.
void wait_until_dead(const Child& child);
/// SIGKILL; a child that has ended already is none of our trouble.
void kill(const Child& child);

}  // namespace gw::sys
