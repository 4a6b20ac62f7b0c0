#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "watch/judge.h"

namespace gw::watch {

/// Makes few records of many sightings: the first of a finding and a device at once, the others of the next
/// ten minutes as one number. Bounded in memory and in records, whatever comes: of each finding 32 devices
/// are told apart, so that a flood of one kind hides no other, and the rest is counted together.
class Tellings {
 public:
  static constexpr std::size_t kMostDevices = 32;
  static constexpr std::chrono::minutes kPeriod{10};

  /// Is this one to be told now?
  bool first(const std::string& interface, const Sighting& sighting, Instant now);

  struct Sum {
    std::string interface {};
    Sighting sighting{};      ///< the first of its kind
    std::uint64_t count = 0;  ///< further ones
  };
  struct Others {
    model::Finding finding{};
    std::uint64_t count = 0;  ///< of devices that found no room
  };
  struct Sums {
    std::vector<Sum> devices{};
    std::vector<Others> others{};
  };
  /// What is over: each is told anew if it comes again.
  Sums take(Instant now);

 private:
  struct Device {
    std::string interface {};
    model::MacAddress mac{};
    friend auto operator<=>(const Device&, const Device&) = default;
  };
  struct Told {
    Sum sum{};
    Instant until{};
  };
  struct Kind {
    std::map<Device, Told> devices{};
    std::uint64_t others = 0;
    Instant others_until{};
  };

  std::map<model::Finding, Kind> kinds_;
};

}  // namespace gw::watch
