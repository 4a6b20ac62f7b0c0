#include "sys/confine.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <grp.h>
#include <array>
#include <cerrno>
#include <csignal>

namespace gw::sys::confine {
namespace {

constexpr int kProgramAt = kMaxPlaces;
constexpr int kReportAt = kMaxPlaces + 1;
constexpr int kAside = 64;  // where descriptors wait while the low numbers are set

bool default_signals(const Job&) {
  for (int number = 1; number < NSIG; ++number)
    ::signal(number, SIG_DFL);  // not all can be set; none is lost
  sigset_t none;
  ::sigemptyset(&none);
  return ::sigprocmask(SIG_SETMASK, &none, nullptr) == 0;
}

bool new_session(const Job&) { return ::setsid() >= 0; }

bool enter_network(const Job& job) {
  return !job.confinement.network || ::setns(*job.confinement.network, CLONE_NEWNET) == 0;
}

bool private_mounts(const Job&) { return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0; }

bool neutral_place(const Job&) {
  ::umask(077);
  return ::chdir("/") == 0;
}

bool limits(const Job& job) {
  const rlimit none{0, 0};
  rlimit files{};
  if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::getrlimit(RLIMIT_NOFILE, &files) != 0) return false;
  if (job.confinement.files && *job.confinement.files < files.rlim_max)
    files.rlim_max = *job.confinement.files;
  files.rlim_cur = files.rlim_max;
  return ::setrlimit(RLIMIT_NOFILE, &files) == 0;
}

/// Copies a descriptor out of the way of the numbers that will be set; close-on-exec.
int set_aside(int fd) { return ::fcntl(fd, F_DUPFD_CLOEXEC, kAside); }

bool place_descriptors(const Job& job) {
  std::array<int, kMaxPlaces> waiting{};
  waiting.fill(-1);
  for (const Placed& place : job.places)
    if ((waiting[static_cast<std::size_t>(place.at)] = set_aside(place.fd)) < 0) return false;
  const int program = set_aside(job.program), report = set_aside(job.report);
  if (::dup3(program, kProgramAt, O_CLOEXEC) < 0 || ::dup3(report, kReportAt, O_CLOEXEC) < 0) return false;
  for (int at = 0; at < kMaxPlaces; ++at) {
    const int fd = waiting[static_cast<std::size_t>(at)];
    if (fd < 0)
      ::close(at);
    else if (::dup2(fd, at) < 0)
      return false;
  }
  return ::syscall(SYS_close_range, kReportAt + 1, ~0u, 0) == 0;
}

bool keeps(const Job& job, unsigned capability) {
  return (job.confinement.capabilities >> capability & 1) != 0;
}

bool cut_bounding_set(const Job& job) {
  for (unsigned capability = 0; capability < 64; ++capability) {
    if (keeps(job, capability)) continue;
    if (::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0 && errno != EINVAL)
      return false;  // no such capability
  }
  return true;
}

bool take_account(const Job& job) {
  const std::uint32_t account = job.confinement.account;
  if (job.confinement.capabilities != 0 && ::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0) return false;
  return ::setgroups(0, nullptr) == 0 && ::setresgid(account, account, account) == 0 &&
         ::setresuid(account, account, account) == 0;
}

bool set_capabilities(const Job& job) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const auto low = static_cast<std::uint32_t>(job.confinement.capabilities);
  const auto high = static_cast<std::uint32_t>(job.confinement.capabilities >> 32);
  const __user_cap_data_struct sets[2] = {{low, low, low}, {high, high, high}};
  if (::syscall(SYS_capset, &header, sets) != 0) return false;
  for (unsigned capability = 0; capability < 64; ++capability)
    if (keeps(job, capability) && ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) != 0)
      return false;
  return true;
}

bool no_new_privileges(const Job&) { return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0; }

/// After the account: a change of account clears both.
bool die_with_parent(const Job&) {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

bool start_program(const Job& job) {
  char* const no_environment[] = {nullptr};
  ::syscall(SYS_execveat, kProgramAt, "", job.arguments, no_environment, AT_EMPTY_PATH);
  return false;
}

struct Step {
  const char* name;
  bool (*run)(const Job&);
};
/// The order is architecture 1.2; the group and the fresh namespaces came with the birth.
constexpr Step kSteps[] = {
    {"spawn: signals", default_signals},
    {"spawn: session", new_session},
    {"spawn: network namespace", enter_network},
    {"spawn: mounts", private_mounts},
    {"spawn: working directory", neutral_place},
    {"spawn: descriptors", place_descriptors},
    {"spawn: limits", limits},
    {"spawn: bounding set", cut_bounding_set},
    {"spawn: account", take_account},
    {"spawn: capabilities", set_capabilities},
    {"spawn: no new privileges", no_new_privileges},
    {"spawn: death with the parent", die_with_parent},
    {"spawn: program", start_program},
};
constexpr std::size_t kDescriptors = 5;
static_assert(kSteps[kDescriptors].run == place_descriptors);

}  // namespace

const char* step_name(std::size_t step) { return step < std::size(kSteps) ? kSteps[step].name : "spawn"; }

void become(const Job& job) {
  for (std::size_t step = 0; step < std::size(kSteps); ++step) {
    if (kSteps[step].run(job)) continue;
    const Failure failure{step, errno};
    const int report = step > kDescriptors ? kReportAt : job.report;
    [[maybe_unused]] const ssize_t written = ::write(report, &failure, sizeof failure);
    ::_exit(127);
  }
  ::_exit(127);
}

}  // namespace gw::sys::confine
