#pragma once

#include <map>

#include "base/clock.h"
#include "model/address.h"

namespace gw::enrol {

/// How long an address has to wait after tickets that were none, twice as long each time: nobody tries many.
/// Bounded; when it is full, whoever is forgiven first is forgotten. Pure.
class Patience {
 public:
  static constexpr std::chrono::seconds kFirst{1}, kLongest{64};
  static constexpr std::size_t kMost = 256;

  /// How long still; zero: it may try.
  std::chrono::seconds left(const model::IpAddress& source, Instant now) const;
  void was_wrong(const model::IpAddress& source, Instant now);
  void was_right(const model::IpAddress& source) { by_source_.erase(source); }

 private:
  struct Wait {
    Instant until{};
    std::chrono::seconds span{};
  };
  void make_room();

  std::map<model::IpAddress, Wait> by_source_;
};

}  // namespace gw::enrol
