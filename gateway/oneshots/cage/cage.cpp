#include "cage.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <vector>

#include "base/fd.h"
#include "ipc/inherited.h"

namespace gw::cage {
namespace {

/// The granted files stay open until the program starts.
struct Grants {
  std::vector<UniqueFd> open{};
  std::vector<sys::Grant> all{};

  Result<> add(const char* path, sys::Use use) {
    UniqueFd file(::open(path, O_PATH | O_CLOEXEC));
    if (!file) return system_error("open(" + std::string(path) + ")");
    all.push_back({file.get(), use});
    open.push_back(std::move(file));
    return Done{};
  }
};

Result<Grants> grants_of(const KeptProgram& program) {
  Grants grants;
  GW_TRY(grants.add(program.file, sys::Use::run));
  for (const Leave& leave : program.leaves) {
    if (leave.path == nullptr)
      grants.all.push_back({leave.inherited, leave.use});
    else
      GW_TRY(grants.add(leave.path, leave.use));
  }
  return grants;
}

/// Its account is its own, so the kernel's count of that account's processes is its count.
Result<> limit_processes(rlim_t most) {
  const rlimit limit{most, most};
  if (::setrlimit(RLIMIT_NPROC, &limit) != 0) return system_error("setrlimit(RLIMIT_NPROC)");
  return Done{};
}

Result<> put_walls_up(const KeptProgram& program) {
  if (program.stands_in >= 0 && ::fchdir(program.stands_in) != 0) return system_error("fchdir");
  GW_TRY(const Grants grants, grants_of(program));
  GW_TRY(limit_processes(program.processes));
  return sys::shut_in_kept(program.filter, grants.all);
}

}  // namespace

Error become(const KeptProgram& program, std::span<char* const> more) {
  std::vector<char*> arguments;
  for (const char* argument : program.arguments) arguments.push_back(const_cast<char*>(argument));
  arguments.insert(arguments.end(), more.begin(), more.end());
  arguments.push_back(nullptr);
  char* const no_environment[] = {nullptr};
  if (program.tells && ::dup2(ipc::kControlFd, ipc::kKeptControlFd) < 0) return system_error("dup2");
  if (const Result<> up = put_walls_up(program); !up) return up.error();
  ::execve(program.file, arguments.data(), no_environment);
  return system_error("execve(" + std::string(program.file) + ")");
}

}  // namespace gw::cage
