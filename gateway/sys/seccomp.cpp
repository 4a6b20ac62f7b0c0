#include "sys/seccomp.h"

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstddef>

namespace gw::sys::seccomp {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;  // x32 numbers have bit 30 set: in no row
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "the system call tables are written for x86-64 and arm64"
#endif
static_assert(std::endian::native == std::endian::little, "the low half of an argument comes first");

constexpr sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}
constexpr sock_filter answer(std::uint32_t action) { return BPF_STMT(BPF_RET | BPF_K, action); }
/// Goes on if the accumulator is `value`, else leaves out the next `skipped` instructions.
constexpr sock_filter unless_equal_skip(std::uint32_t value, std::size_t skipped) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, static_cast<std::uint8_t>(skipped));
}

constexpr std::size_t kNumberAt = offsetof(seccomp_data, nr);
constexpr std::size_t argument_at(std::uint8_t argument) {
  return offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t);
}

constexpr std::size_t half_at(const Condition& c) {
  return argument_at(c.argument) + (c.kind == Condition::Kind::upper_half ? sizeof(std::uint32_t) : 0);
}

constexpr std::size_t kPerCondition = 3;  // load, mask, compare

/// number? -> conditions -> verdict; whoever fails lands behind the row with the number loaded again.
void append(std::vector<sock_filter>& program, const Row& row, std::uint32_t own_pid) {
  std::size_t conditions = 0;
  for (const Condition& c : row.when) conditions += c.kind == Condition::Kind::none ? 0 : 1;
  std::size_t left = conditions * kPerCondition;  // instructions between here and the row's answer
  program.push_back(unless_equal_skip(row.number, left + 1));
  for (const Condition& c : row.when) {
    if (c.kind == Condition::Kind::none) continue;
    left -= kPerCondition;
    program.push_back(load(half_at(c)));
    program.push_back(BPF_STMT(BPF_ALU | BPF_AND | BPF_K, c.mask));
    program.push_back(unless_equal_skip(c.kind == Condition::Kind::own_pid ? own_pid : c.value, left + 1));
  }
  program.push_back(answer(row.verdict == Verdict::allowed ? SECCOMP_RET_ALLOW
                                                           : SECCOMP_RET_ERRNO | std::uint32_t{EACCES}));
  if (conditions != 0) program.push_back(load(kNumberAt));
}

}  // namespace

std::vector<sock_filter> assemble(const std::vector<Rows>& tables, std::uint32_t own_pid) {
  std::vector<sock_filter> program{load(offsetof(seccomp_data, arch)), unless_equal_skip(kArchitecture, 1),
                                   BPF_STMT(BPF_JMP | BPF_JA, 1), answer(SECCOMP_RET_KILL_PROCESS),
                                   load(kNumberAt)};
  for (const Rows rows : tables)
    for (const Row& row : rows) append(program, row, own_pid);
  program.push_back(answer(SECCOMP_RET_KILL_PROCESS));
  return program;
}

Result<> install(Filter filter) {
  std::vector<Rows> tables = tables_of(filter);
  tables.push_back(sanitizer_rows());
  std::vector<sock_filter> instructions = assemble(tables, static_cast<std::uint32_t>(::getpid()));
  GW_CHECK(instructions.size() <= BPF_MAXINSNS, "a filter has its limit");
  const sock_fprog program{static_cast<unsigned short>(instructions.size()), instructions.data()};
  const long failed = ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
  if (failed > 0) return Error{ErrorCode::system_call_failed, "seccomp: a thread has other filters"};
  if (failed != 0) return system_error("seccomp");
  return Done{};
}

}  // namespace gw::sys::seccomp
