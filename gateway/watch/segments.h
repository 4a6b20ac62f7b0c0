#pragma once

#include <map>
#include <string>
#include <vector>

#include "watch/tellings.h"

namespace gw::watch {

/// All segments of the box, by the interface their frames come in on: who is judged by what, what is told and
/// who is to be refused. Bounded in memory; nobody is asked to be refused twice within ten minutes.
class Segments {
 public:
  static constexpr std::size_t kMostAsked = 256;

  struct Told {
    std::string interface {};
    Sighting sighting{};
    std::uint64_t again = 0;  ///< zero: for the first time
  };
  struct Refusal {
    model::IpAddress source{};
    model::Finding finding{};
  };
  struct Heard {
    std::vector<Told> told{};
    std::vector<Refusal> refusals{};
  };

  /// Other segments from now on. Who was heard on one that stays is not forgotten.
  void follow(std::vector<model::LanSegment> segments);
  /// A frame of an interface that is no segment's says nothing.
  Heard hear(const std::string& interface, const Frame& frame, Instant now);
  /// What is over of what was told.
  Tellings::Sums take(Instant now) { return tellings_.take(now); }

 private:
  bool may_ask(const model::IpAddress& source, Instant now);

  std::map<std::string, Judge> judges_;
  Tellings tellings_;
  std::map<model::IpAddress, Instant> asked_;  // until when not again
};

}  // namespace gw::watch
