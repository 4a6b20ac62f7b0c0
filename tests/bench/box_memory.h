#pragma once

#include <cstdint>

namespace gw::bench {

/// What the box's own code holds of the heap, in a process where its peers live too. Every block of
/// operator new and of libcrypto remembers whether it was asked for during one of the box's turns; whoever
/// gives it back, it is taken off the same account. Counted as glibc would lay it out, its own headers
/// included. One thread. Linking this file is what switches the counting on.
class BoxMemory {
 public:
  /// While one lives, the box is at work.
  class Turn {
   public:
    Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn();
  };

  static std::int64_t held();
  static std::int64_t blocks();
  /// Is libcrypto under count as well? Without it no figure is honest.
  static bool is_complete();
};

}  // namespace gw::bench
