#include <fcntl.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>

#include "base/build_time.h"
#include "box.h"

namespace gw::supervisor {
namespace {

/// The folder this program's file is in.
std::string own_folder() {
  std::array<char, 4096> path{};
  const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
  const std::string whole(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return whole.substr(0, whole.rfind('/'));
}

/// A full disk may have cut the last record of the run before; the first of this one must not stick to it.
void end_torn_line(int log, const std::string& path) {
  const UniqueFd file(path.empty() ? -1 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  char last = '\n';
  if (!file || ::lseek(file.get(), -1, SEEK_END) < 0 || ::read(file.get(), &last, 1) != 1 || last == '\n')
    return;
  [[maybe_unused]] const ssize_t ended = ::write(log, "\n", 1);
}

Result<UniqueFd> open_log(const std::string& path) {
  UniqueFd fd(path.empty()
                  ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
                  : ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0640));
  if (!fd) return system_error("open(" + path + ")");
  end_torn_line(fd.get(), path);
  return fd;
}

/// Sockets, parts and wires of many tenants: as many descriptors as the hard limit allows.
Result<> raise_limit() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return system_error("getrlimit");
  files.rlim_cur = files.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &files) != 0) return system_error("setrlimit");
  return Done{};
}

/// Two boxes must not share a run directory: the second would take namespaces and control socket from the
/// first without a word. The directory is made if it is missing.
Result<UniqueFd> take_alone(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) return system_error("mkdir(" + folder + ")");
  UniqueFd lock(::open((folder + "/lock").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (!lock) return system_error("open(" + folder + "/lock)");
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return Error{ErrorCode::box_runs_already, folder};
  return lock;
}

Result<int> run(const Options& options) {
  GW_TRY(raise_limit());
  GW_TRY(UniqueFd log, open_log(options.log));
  GW_TRY(Loop loop, Loop::make());
  GW_TRY(Loop records, Loop::make());
  Journal journal(std::move(log), system_clock());
  GW_TRY(const UniqueFd lock, take_alone(options.run_dir));
  GW_TRY(const Grounds grounds, options.here ? Grounds::here() : Grounds::make(options.run_dir + "/ns"));
  const std::string folder = options.programs.empty() ? own_folder() : options.programs;
  GW_TRY(const Programs programs, Programs::open(folder, grounds.owned()));
  RuleListings listings;
  HeldLeasePtr lease;
  ClockWatch clock_watch(options.state_dir, build_time());
  const Premises premises{system_clock(), clock_watch, loop,     records, journal,
                          grounds,        programs,    listings, lease};
  Box box(premises, options);
  const int status = box.run();
  journal.flush();
  if (const std::size_t left = journal.unwritten(); left != 0)
    std::fprintf(stderr, "sekisho-supervisor: %zu records could not be written to %s\n", left,
                 options.log.empty() ? "standard output" : options.log.c_str());
  return status;
}

}  // namespace
}  // namespace gw::supervisor

int main(int count, char** arguments) {
  using namespace gw;
  const Result<supervisor::Options> options =
      supervisor::parse_options(std::vector<std::string>(arguments + 1, arguments + count));
  if (!options) {
    std::fprintf(stderr, "sekisho-supervisor: %s\n%s", options.error().detail.c_str(), supervisor::usage());
    return 2;
  }
  ::signal(SIGPIPE, SIG_IGN);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  const Result<int> status = supervisor::run(*options);
  if (status) return *status;
  std::fprintf(stderr, "sekisho-supervisor: %s\n", status.error().to_text().c_str());
  return 1;
}
