#pragma once

#include <set>
#include <string>

#include "compartments.h"
#include "grade_book.h"
#include "model/service_trial.h"

namespace gw::supervisor {

/// Has each tenant's proxyd try its services when an administrator asks, and once a week by itself, and keeps
/// what came of it last (DEM-03). One round at a time. Tells what an endpoint offers otherwise than before
/// (NET-06).
class Reachability {
 public:
  /// Longer than a dialer, a handshake and the probes of an endpoint may take. Whoever has not told of all
  /// its services by then is silent.
  static constexpr std::chrono::seconds kPatience{240};

  /// Both outlive it. In the state folder are the grades.
  Reachability(const Premises& premises, Compartments& compartments, const std::string& state_folder);
  Reachability(const Reachability&) = delete;
  Reachability& operator=(const Reachability&) = delete;

  /// diagnosis.under_way. Recorded when it is over, with whom asked.
  Result<> begin(const ipc::op::Administrator& by);
  /// Gives up the round that somebody asked for; what was known before it is known again. The record names
  /// who did. diagnosis.under_way: the box tries by itself, which nobody stops.
  Result<> give_up(const ipc::op::Administrator& by);
  /// The last round, or what is known of the one that goes on.
  const model::ServiceTrials& last() const { return trials_; }

  /// Begins the week's round when its time has come. Only while the clock is right.
  void keep_week();

  /// What a tenant's proxyd said.
  void hear(const std::string& tenant, const ipc::compartment::ServiceTried& said);
  void tick(Instant now);

 private:
  bool is_under_way() const { return trials_.began.count() != 0 && trials_.ended.count() == 0; }
  std::chrono::milliseconds civil_now() const;
  void compare(const model::EndpointGrade& grade);
  void record() const;
  void record_given_up(const ipc::op::Administrator& by) const;
  void conclude();

  const Premises& premises_;
  Compartments& compartments_;
  ipc::op::Administrator by_{};
  model::ServiceTrials trials_{}, before_{};  // of the round before
  GradeBook book_{};
  std::chrono::milliseconds started_;
  std::set<std::string> waiting_{};
  std::uint64_t question_ = 0;
  Instant until_{};
};

}  // namespace gw::supervisor
