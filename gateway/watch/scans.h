#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "base/clock.h"
#include "watch/refusal.h"

namespace gw::watch {

/// Recognises somebody who tries doors: many ports of one address (a port scan) or one port of many addresses
/// (a sweep) within a minute (IDS-01). Told once an hour per source. At most 256 sources are followed.
class Scans {
 public:
  enum class Kind : std::uint8_t { ports, addresses };
  static constexpr std::size_t kManyPorts = 15;
  static constexpr std::size_t kManyAddresses = 8;
  static constexpr std::size_t kMostSources = 256;
  static constexpr std::chrono::seconds kWindow{60};
  static constexpr std::chrono::hours kQuiet{1};

  std::optional<Kind> see(const Packet& packet, Instant now);

 private:
  struct Source {
    Instant until{};
    Instant quiet_until{};
    std::set<std::uint16_t> ports{};
    std::set<model::IpAddress> addresses{};
  };
  Source* follow(const model::IpAddress& address, Instant now);

  std::map<model::IpAddress, Source> sources_;
};

}  // namespace gw::watch
