#pragma once

#include <linux/filter.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "sys/shut_in.h"

namespace gw::sys::seccomp {

/// What one argument of a call must be: (argument & mask) == value. Only the low 32 bits are looked at, so it
/// fits arguments that are int or whose meaning lies there (flags, commands, numbers). Of a pointer all that
/// can be asked is that there is none: no_pointer and no_pointer_above together.
struct Condition {
  enum class Kind : std::uint8_t { none, constant, own_pid, upper_half };
  Kind kind = Kind::none;
  std::uint8_t argument = 0;
  std::uint32_t mask = 0;
  std::uint32_t value = 0;
};
constexpr Condition equals(std::uint8_t argument, std::uint32_t value) {
  return {Condition::Kind::constant, argument, ~0u, value};
}
constexpr Condition without(std::uint8_t argument, std::uint32_t bits) {
  return {Condition::Kind::constant, argument, bits, 0};
}
constexpr Condition equals_but_for(std::uint8_t argument, std::uint32_t ignored, std::uint32_t value) {
  return {Condition::Kind::constant, argument, ~ignored, value};
}
constexpr Condition no_pointer(std::uint8_t argument) { return equals(argument, 0); }
constexpr Condition no_pointer_above(std::uint8_t argument) {
  return {Condition::Kind::upper_half, argument, ~0u, 0};
}
constexpr Condition own_pid(std::uint8_t argument) { return {Condition::Kind::own_pid, argument, ~0u, 0}; }

/// `refused` is for the kept programs of others, which ask for things out of habit and go on without: the
/// call fails with EACCES and does not end the process. No program of ours has such a row.
enum class Verdict : std::uint8_t { allowed, refused };

/// One call that may be made, why, and with which arguments. Several rows of one call are alternatives.
struct Row {
  std::uint32_t number;
  const char* name;
  const char* reason;
  std::array<Condition, 3> when{};
  Verdict verdict = Verdict::allowed;
};
using Rows = std::span<const Row>;

/// The tables of a filter, in the order they are tried. All data, no decision.
std::vector<Rows> tables_of(Filter filter);
/// What the sanitizers' runtime needs besides; empty in every other build.
Rows sanitizer_rows();
const char* name_of(Filter filter);

/// The classic BPF program: another architecture, another call or other arguments kill the process.
std::vector<sock_filter> assemble(const std::vector<Rows>& tables, std::uint32_t own_pid);
/// The tables as text for the auditor; without the sanitizers' rows.
std::string to_text();
/// Puts the filter over all threads of the process. no_new_privs must be set.
Result<> install(Filter filter);

}  // namespace gw::sys::seccomp
