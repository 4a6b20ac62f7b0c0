#pragma once

#include <cstddef>
#include <span>

#include "sys/spawn.h"

// The life of a process between its birth and its program. Here nothing may allocate, lock or throw: it is a
// copy of the supervisor until the last step.

namespace gw::sys::confine {

/// What the new process is told to become. Everything was made before the birth.
struct Job {
  const Confinement& confinement;
  std::span<const Placed> places;
  char* const* arguments;
  int program;
  int report;
};

/// The step that failed and why, as the new process writes it to the report pipe.
struct Failure {
  std::size_t step;
  int error_number;
};
const char* step_name(std::size_t step);

/// Goes through the steps, the last of which starts the program; reports the one that fails and ends.
[[noreturn]] void become(const Job& job);

}  // namespace gw::sys::confine
