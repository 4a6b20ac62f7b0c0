#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "base/clock.h"
#include "watch/refusal.h"

namespace gw::watch {

/// Makes few records of many refusals: the first of a kind at once, the others of its minute as one number.
/// What is of one kind differs in the source port only. Bounded in memory and in records, whatever comes:
/// 64 kinds a minute are told apart, and the rest is counted together.
class Folding {
 public:
  static constexpr std::size_t kMostKinds = 64;
  static constexpr std::chrono::seconds kPeriod{60};

  /// Is this one to be written now?
  bool first(const Refusal& refusal, Instant now);

  struct Sum {
    Refusal refusal{};         ///< the first of its kind
    std::uint64_t count = 0;   ///< further ones
  };
  struct Sums {
    std::vector<Sum> kinds{};
    std::uint64_t others = 0;  ///< of kinds that found no room
  };
  /// Once the period is over, what it held; a new one begins with the next refusal.
  Sums take(Instant now);

 private:
  using Kind = std::tuple<std::string, std::string, std::uint8_t, model::IpAddress, model::Endpoint>;

  Instant until_{};
  std::map<Kind, Sum> kinds_;
  std::uint64_t others_ = 0;
};

}  // namespace gw::watch
