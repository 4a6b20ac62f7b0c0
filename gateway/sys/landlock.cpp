#include "sys/landlock.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/fd.h"

// The kernel's numbers, here because the build machine's headers may be older than the running kernel.
// Documentation/userspace-api/landlock.rst

namespace gw::sys {
namespace {

constexpr std::uint64_t kExecute = 1u << 0, kWriteFile = 1u << 1, kReadFile = 1u << 2, kReadDir = 1u << 3;
constexpr std::uint64_t kRemoveFile = 1u << 5, kMakeFile = 1u << 8, kTruncate = 1u << 14;
constexpr std::uint64_t kBindTcp = 1u << 0, kConnectTcp = 1u << 1;
constexpr std::uint64_t kScopes = (1u << 0) | (1u << 1);  // abstract Unix sockets, signals
constexpr std::uint32_t kVersionFlag = 1;
constexpr int kPathBeneath = 1;

/// File rights the kernel's ABI knows: 13 at first, then REFER, TRUNCATE, and IOCTL_DEV.
constexpr std::array<unsigned, 6> kFileRights{0, 13, 14, 15, 15, 16};

struct RuleSet {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scopes;
};
struct [[gnu::packed]] PathBeneath {
  std::uint64_t allowed;
  std::int32_t parent;
};

RuleSet rule_set(std::size_t abi, Tcp tcp) {
  const unsigned rights = kFileRights[std::min(abi, kFileRights.size() - 1)];
  const std::uint64_t acts = tcp == Tcp::none ? kBindTcp | kConnectTcp : kBindTcp;
  return {(std::uint64_t{1} << rights) - 1, abi >= 4 ? acts : 0, abi >= 6 ? kScopes : 0};
}

std::uint64_t rights_of(Use use) {
  switch (use) {
    case Use::read_beneath:
      return kReadFile | kReadDir;
    case Use::run:
      return kExecute | kReadFile;  // the kernel opens for reading what it is to run
    case Use::read:
      return kReadFile;
    case Use::read_write:
      return kReadFile | kWriteFile;
    case Use::keep_files:
      return kReadFile | kReadDir | kWriteFile | kMakeFile | kRemoveFile | kTruncate;
  }
  return 0;
}

/// Older kernels take the shorter structure.
std::size_t size_known(std::size_t abi) {
  if (abi >= 6) return sizeof(RuleSet);
  return abi >= 4 ? offsetof(RuleSet, scopes) : offsetof(RuleSet, network);
}

}  // namespace

Result<> landlock(std::span<const Grant> grants, Tcp tcp) {
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, kVersionFlag);
  if (abi < 1) return system_error("landlock");
  const RuleSet wanted = rule_set(static_cast<std::size_t>(abi), tcp);
  const UniqueFd rules(static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &wanted, size_known(static_cast<std::size_t>(abi)), 0)));
  if (!rules) return system_error("landlock_create_ruleset");
  for (const Grant& grant : grants) {
    const PathBeneath path{rights_of(grant.use) & wanted.files, grant.file};
    if (::syscall(SYS_landlock_add_rule, rules.get(), kPathBeneath, &path, 0) != 0)
      return system_error("landlock_add_rule");
  }
  if (::syscall(SYS_landlock_restrict_self, rules.get(), 0) != 0)
    return system_error("landlock_restrict_self");
  return Done{};
}

}  // namespace gw::sys
