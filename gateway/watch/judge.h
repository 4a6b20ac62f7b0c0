#pragma once

#include <optional>
#include <vector>

#include "model/configuration.h"
#include "model/finding.h"
#include "watch/frame.h"
#include "watch/neighbourhood.h"

namespace gw::watch {

/// Something that was seen and who it was.
struct Sighting {
  model::Finding finding{};
  model::MacAddress mac{};
  std::optional<model::IpAddress> source{};  ///< the address it spoke from, if it had one
  std::optional<model::IpAddress> target{};  ///< what it asked for or claimed
};

/// Holds the frames of one segment against what belongs there (ISO-05, ISO-08, LAN-03). Decides by
/// what it was told and what it heard; sends nothing and asks nobody. Bounded in memory.
class Judge {
 public:
  explicit Judge(model::LanSegment segment) : segment_(std::move(segment)) {}
  /// The segment has another configuration; what was heard is kept.
  void follow(model::LanSegment segment) { segment_ = std::move(segment); }
  const model::LanSegment& segment() const { return segment_; }

  std::vector<Sighting> see(const Frame& frame, Instant now);
  /// The addresses whose sessions end because of the sighting; empty if nobody is refused for it. Only such
  /// as the interface alone has claimed and nobody else owns by declaration: who forges another's address
  /// does not get the other refused (decision 0015).
  std::vector<model::IpAddress> to_refuse(const Sighting& sighting, Instant now) const;

 private:
  using Sightings = std::vector<Sighting>;
  void see_claim(const Frame& frame, const model::IpAddress& address, Instant now, Sightings& out);
  void see_question(const Frame& frame, Sightings& out) const;
  void see_dhcp(const Frame& frame, Sightings& out);
  void see_router(const Frame& frame, Sightings& out);
  void see_packet(const Frame& frame, Sightings& out) const;
  void see_device(const Frame& frame, Sightings& out) const;
  void remember_router(const model::IpAddress& address);
  bool is_own(const model::IpAddress& address) const;
  bool is_near(const model::IpAddress& address) const;
  bool is_declared(const model::MacAddress& mac, const model::IpAddress& address) const;
  bool belongs_to_another(const model::MacAddress& mac, const model::IpAddress& address) const;

  model::LanSegment segment_;
  Neighbourhood neighbourhood_;
  std::vector<model::IpAddress> strange_routers_;  // that were offered, the latest last
};

}  // namespace gw::watch
