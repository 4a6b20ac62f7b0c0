#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace gw::support {

/// How a child ended: its exit status, or minus the signal that killed it.
inline int wait_status(pid_t child) {
  int status = 0;
  if (::waitpid(child, &status, 0) != child) return -1000;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// Runs `act` in a child process and tells how it ended: what `act` returned (0 to 255), or minus the signal.
template <class Act>
int in_child(Act act) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(act());
  return wait_status(child);
}

}  // namespace gw::support
