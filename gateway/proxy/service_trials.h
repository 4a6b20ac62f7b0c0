#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "model/service_trial.h"
#include "proxy/session.h"
#include "sys/gate.h"

namespace gw::proxy {

/// Tries the services of the generation in force, all at once: whether a terminal that may use one would
/// reach it now (DEM-03). Each ends in order as soon as it stands; then its endpoint is graded (NET-06). One
/// thread.
class ServiceTrials {
 public:
  /// `is_last`: that was all. Without a service nothing is told.
  using Told = std::function<void(const model::ServiceTrial& trial, bool is_last)>;

  ServiceTrials(Surroundings& around, sys::Gate& gate) : around_(around), gate_(gate) {}
  ServiceTrials(const ServiceTrials&) = delete;
  ServiceTrials& operator=(const ServiceTrials&) = delete;

  /// What is still under way from before ends and is told to nobody. How many there are.
  std::size_t begin(Told told);
  /// Once a second: ends those that are late.
  void sweep(Instant now);
  /// Ends all of them.
  void stop();

 private:
  struct Trial;
  using TrialPtr = std::shared_ptr<Trial>;

  sys::Detached run(TrialPtr trial, sys::Gate::Pass pass);
  sys::Task<Verdict> reach(Trial& trial);
  sys::Task<Verdict> secure(Trial& trial);
  sys::Task<Verdict> hear_out(Trial& trial);
  sys::Task<> grade(Trial& trial);
  void conclude(const TrialPtr& trial, model::CloseReason outcome);

  Surroundings& around_;
  sys::Gate& gate_;
  std::vector<TrialPtr> under_way_;
  Told told_;
};

}  // namespace gw::proxy
