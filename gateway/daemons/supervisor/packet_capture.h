#pragma once

#include <memory>
#include <optional>

#include "ipc/messages/operator.h"
#include "running.h"

namespace gw::supervisor {

/// Has packets of one interface recorded when an administrator asks: heads alone, for a bounded time, into a
/// file of bounded size, one at a time (DEM-03). The file is in memory alone, for an hour or until the next
/// one.
class PacketCapture {
 public:
  explicit PacketCapture(const Premises& premises) : premises_(premises) {}
  PacketCapture(const PacketCapture&) = delete;
  PacketCapture& operator=(const PacketCapture&) = delete;

  /// capture.under_way; capture.unsuitable: there is no such interface. Recorded when it is over, with whom
  /// asked.
  Result<> begin(const ipc::op::CaptureOrder& order);
  /// What was heard until now is the file. capture.unsuitable: none is under way.
  Result<> end_now(const ipc::op::Administrator& by);
  const model::CaptureState& state() const { return state_; }
  /// Sealed; a further descriptor of it. capture.unsuitable: there is none.
  Result<UniqueFd> file() const;
  void tick(Instant now);
  /// What is under way is given up, and recorded as that.
  void stop();

 private:
  void hear(const ipc::Frame& frame);
  void conclude(const std::string& ending);
  Result<> keep(const std::string& ending);
  void record(const Result<>& kept) const;
  std::chrono::milliseconds civil_now() const;

  const Premises& premises_;
  ipc::op::CaptureOrder order_{};
  model::CaptureState state_{};
  std::optional<model::CaptureOutcome> heard_{};
  UniqueFd socket_{}, room_{};
  Instant began_{}, until_ = Instant::max();
  std::string stopped_by_{};
  std::unique_ptr<Running> running_{};
};

}  // namespace gw::supervisor
