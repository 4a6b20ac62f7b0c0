#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace gw::backup::tests {

/// The disk as a process sees it: the system calls that change it, which a test counts, has fail, or has the
/// power go at. Only while `is_watching`. One program, one disk.
struct Disk {
  bool is_watching = false;
  std::size_t calls = 0;
  std::size_t ends_at = 0;  ///< the power goes in front of this call, counted from 1; zero: never
  std::size_t room = 0;     ///< octets that can be written yet, if `is_full`
  bool is_full = false;
  std::string written{};  ///< a file that is not on the disk yet, as a path
  std::string renamed{};  ///< a name that is not on the disk yet
  std::string renamed_from{};
  bool forgets_renames = false;  ///< a name that was not synced is gone with the power
};
Disk& disk();

}  // namespace gw::backup::tests
