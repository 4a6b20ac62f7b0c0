#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fd.h"
#include "base/result.h"
#include "model/proof.h"
#include "probe/aims.h"
#include "probe/frames.h"

namespace gw::probe {

/// A stranger's end of a cable into one of the box's namespaces. The cable is there for one proof; no rule
/// knows it, so nothing that comes over it may be answered but neighbour discovery. Opening needs
/// CAP_NET_RAW, using it nothing. Blocks. One thread.
class Canary {
 public:
  /// The interface model::kCanary of this namespace.
  static Result<Canary> open(const Clock& clock);

  /// Knocks at every port of the box, poses as others, asks it to pass packets on (W2, W3, ISO-01, ISO-04).
  /// Everything is unproven if the box does not even hear the cable.
  std::vector<model::ProofCase> besiege(const OutsideAims& aims);

 private:
  Canary(UniqueFd socket, Cable cable, const Clock& clock)
      : socket_(std::move(socket)), cable_(cable), clock_(clock) {}

  bool is_heard();
  void send(const EthernetFrame& frame);
  /// Answers that came within a moment.
  std::size_t count(Answer wanted, std::chrono::milliseconds within);
  void conclude(const std::string& way, const std::string& tried, std::size_t sent);
  void knock(const model::IpAddress& own, std::span<const std::uint16_t> ports, const std::string& what);
  void knock_everywhere();
  void pose(const OutsideAims& aims);
  void ask_to_pass_on(const OutsideAims& aims);

  UniqueFd socket_;
  Cable cable_;
  const Clock& clock_;
  std::vector<model::ProofCase> found_;
};

}  // namespace gw::probe
