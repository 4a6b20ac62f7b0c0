#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "sys/shut_in.h"

namespace gw::cage {

/// A file that a kept program may still use, by its path or by a descriptor it was born with.
struct Leave {
  const char* path;  ///< null: the descriptor
  int inherited;
  sys::Use use;
};

/// A program that is not ours and that we keep: how it is started, and all it may touch. The capabilities,
/// the account and the namespaces are its role's (topology.cpp).
struct KeptProgram {
  const char* name;  ///< what the supervisor calls it
  const char* file;
  std::span<const char* const> arguments;  ///< with its own name at the front; the supervisor's come behind
  std::span<const Leave> leaves;           ///< besides, the file itself may be run
  sys::Filter filter;
  unsigned processes;  ///< at once, with what it runs
  bool tells;          ///< what it runs tells the supervisor something, through ipc::kKeptControlFd
  int stands_in = -1;  ///< a directory it was born with
};

/// Null if nobody of that name is kept.
const KeptProgram* find_kept(std::string_view name);

/// Puts the walls up and becomes the program; returns only if that fails.
Error become(const KeptProgram& program, std::span<char* const> more);

}  // namespace gw::cage
