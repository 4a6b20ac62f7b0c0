#pragma once

#include <cstdint>

namespace gw::sys {

/// While this lives, sockets that the calling thread makes belong to the account in the kernel's books, as if
/// it had made them itself: rules by account and listings show whose they are. Powers stay the caller's.
/// Needs root.
class Maker {
 public:
  explicit Maker(std::uint32_t account);
  Maker(const Maker&) = delete;
  Maker& operator=(const Maker&) = delete;
  ~Maker();
};

}  // namespace gw::sys
