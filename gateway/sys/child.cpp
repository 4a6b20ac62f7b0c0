#include "sys/child.h"

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace gw::sys {
namespace {

Result<std::optional<Ending>> wait_with(const Child& child, int options) {
  siginfo_t info{};
  int failed;
  do {
    failed = ::waitid(P_PIDFD, static_cast<id_t>(child.pidfd.get()), &info, WEXITED | options);
  } while (failed != 0 && errno == EINTR);
  if (failed != 0) return system_error("waitid");
  if (info.si_pid == 0) return std::optional<Ending>();
  return std::optional(
      Ending{info.si_code == CLD_EXITED ? Ending::How::exited : Ending::How::killed, info.si_status});
}

}  // namespace

std::string Ending::to_text() const {
  return (how == How::exited ? "exit " : "signal ") + std::to_string(number);
}

Result<std::optional<Ending>> collect(const Child& child) { return wait_with(child, WNOHANG); }

Result<Ending> wait_for(const Child& child) {
  GW_TRY(const std::optional<Ending> ending, wait_with(child, 0));
  return *ending;
}

void wait_until_dead(const Child& child) { static_cast<void>(wait_with(child, WNOWAIT)); }

void kill(const Child& child) { ::syscall(SYS_pidfd_send_signal, child.pidfd.get(), SIGKILL, nullptr, 0); }

}  // namespace gw::sys
