#pragma once

#include <cstdint>
#include <map>

#include "base/clock.h"
#include "model/address.h"

namespace gw::web {

/// So many requests of an address a second, with some more at once (ADM-11). Bounded: when it is full,
/// whoever has been silent for longest is forgotten. Pure.
class Rates {
 public:
  static constexpr std::uint32_t kEachSecond = 20, kAtOnce = 80;
  static constexpr std::size_t kMost = 1024;

  /// Is one more let pass? It counts if so.
  bool admits(const model::IpAddress& source, Instant now);

 private:
  struct Bucket {
    Instant at{};
    std::uint32_t left = kAtOnce;
  };
  void make_room();

  std::map<model::IpAddress, Bucket> by_source_;
};

}  // namespace gw::web
