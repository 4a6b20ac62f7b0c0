#pragma once

#include <functional>

#include "base/bytes.h"
#include "base/fd.h"

namespace gw::watch {

/// The frames of the segments, from a packet socket that the supervisor opened, filtered and locked. Reading
/// needs no power. What nobody reads in time is the kernel's loss, never a wait for traffic. Not thread-safe.
class Ear {
 public:
  using Heard = std::function<void(unsigned link, Bytes frame)>;

  /// Deaf.
  Ear() = default;
  explicit Ear(UniqueFd socket) : socket_(std::move(socket)) {}
  /// -1 while deaf.
  int fd() const { return socket_.get(); }
  /// Hands over what waits; a bounded number at once, so that others get their turn.
  void read(const Heard& heard) const;

 private:
  UniqueFd socket_;
};

}  // namespace gw::watch
