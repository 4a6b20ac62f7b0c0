#pragma once

#include <cstdint>
#include <map>

#include "base/clock.h"
#include "model/address.h"

namespace gw::web {

/// So many a second, after a silence so many at once.
struct Rate {
  std::uint32_t each_second = 1, at_once = 1;
};
/// Of whatever an administrator's browser asks, for each address (ADM-11).
inline constexpr Rate kOfOne{20, 80};
/// Of what anybody may ask, for all together: each costs controld an Argon2id run, and may cost a record.
inline constexpr Rate kOfStrangers{5, 20};

/// Requests of each address, counted. Bounded: when it is full, whoever has been silent for longest is
/// forgotten. Pure.
class Rates {
 public:
  static constexpr std::size_t kMost = 1024;

  explicit Rates(Rate rate) : rate_(rate) {}

  /// Is one more let pass? It counts if so.
  bool admits(const model::IpAddress& source, Instant now);

 private:
  struct Bucket {
    Instant at{};
    std::uint32_t left = 0;
  };
  void make_room();

  Rate rate_;
  std::map<model::IpAddress, Bucket> by_source_;
};

}  // namespace gw::web
