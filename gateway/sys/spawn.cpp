#include "sys/spawn.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "sys/confine.h"

namespace gw::sys {
namespace {

struct Pipe {
  UniqueFd reading;
  UniqueFd writing;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return system_error("pipe2");
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

std::vector<Placed> with_null(std::vector<Placed> places, int null) {
  std::array<bool, 3> taken{};
  for (const Placed& place : places) {
    GW_CHECK(place.at >= 0 && place.at < kMaxPlaces, "descriptors are placed at small numbers");
    if (place.at < 3) taken[static_cast<std::size_t>(place.at)] = true;
  }
  for (int at = 0; at < 3; ++at)
    if (!taken[static_cast<std::size_t>(at)]) places.push_back({null, at});
  return places;
}

/// One process more, in namespaces of its own; its descriptor in `pidfd`.
pid_t divide(const Confinement& confinement, int& pidfd) {
  clone_args arguments{};
  arguments.flags = CLONE_PIDFD | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;
  arguments.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
  arguments.exit_signal = SIGCHLD;
  if (!confinement.network) arguments.flags |= CLONE_NEWNET;
  if (confinement.cgroup) {
    arguments.flags |= CLONE_INTO_CGROUP;
    arguments.cgroup = static_cast<std::uint64_t>(*confinement.cgroup);
  }
  return static_cast<pid_t>(::syscall(SYS_clone3, &arguments, sizeof arguments));
}

/// Nothing arrives if the program was started: the pipe closes itself then.
Result<> started(int reading) {
  confine::Failure failure{};
  ssize_t size;
  do {
    size = ::read(reading, &failure, sizeof failure);
  } while (size < 0 && errno == EINTR);
  if (size == 0) return Done{};
  if (size != sizeof failure)
    return Error{ErrorCode::system_call_failed, "a process ended before it started"};
  return system_error(confine::step_name(failure.step), failure.error_number);
}

}  // namespace

Result<UniqueFd> open_program(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (!fd) return system_error("open(" + path + ")");
  return fd;
}

Result<Child> spawn(const Start& start, const Confinement& confinement) {
  GW_CHECK(confinement.account != 0, "no process of the box runs as root but the supervisor");
  const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) return system_error("open(/dev/null)");
  GW_TRY(Pipe report, make_pipe());
  const std::vector<Placed> places = with_null(start.places, null.get());
  std::vector<char*> arguments;
  for (const std::string& argument : start.arguments)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const confine::Job job{confinement, places, arguments.data(), start.program, report.writing.get()};

  int pidfd = -1;
  const pid_t pid = divide(confinement, pidfd);
  if (pid < 0) return system_error("clone3");
  if (pid == 0) confine::become(job);
  Child child{pid, UniqueFd(pidfd)};
  report.writing.reset();
  if (Result<> result = started(report.reading.get()); !result) {
    kill(child);
    GW_TRY(wait_for(child));
    return std::move(result).error();
  }
  return child;
}

}  // namespace gw::sys
