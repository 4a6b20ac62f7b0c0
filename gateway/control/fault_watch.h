#pragma once

#include <optional>
#include <string>
#include <vector>

#include "control/chronicle.h"
#include "control/errand.h"
#include "control/fault_look.h"
#include "control/rule_book.h"

namespace gw::control {

/// Looks once a minute which side is broken, and writes it down when that changes (DEM-03). What is not known
/// changes nothing. As soon as a service cannot be reached it has the services tried anew, and again while a
/// fault stands, so that a verdict is of now and its end is seen. One thread.
class FaultWatch {
 public:
  static constexpr std::chrono::minutes kLookEvery{1};
  /// Whatever happens, clouds are not asked more often.
  static constexpr std::chrono::minutes kTryEvery{10};
  /// So long it has to last before they are asked at all.
  static constexpr std::chrono::minutes kPatience{1};

  /// All outlive it.
  FaultWatch(RecordStore& store, Chronicle& records, const RuleBook& rules, const Clock& clock)
      : store_(store), records_(records), rules_(rules), clock_(clock), due_(clock.now() + kLookEvery) {}
  FaultWatch(const FaultWatch&) = delete;
  FaultWatch& operator=(const FaultWatch&) = delete;

  Instant due() const;
  /// What was recorded, of which each counts: a service that cannot be reached, or can again, and a round of
  /// trials that is over.
  void heed(const model::Record& record);
  /// Begins a look, or a round of trials, when its time has come.
  void tick(ErrandLine& errands);
  /// What came of an errand, if it was its own.
  void told(ErrandLine::Answer& answer, ErrandLine& errands);

 private:
  void ask(ErrandLine& errands);
  bool wants_trial() const { return is_trial_asked_ || (told_ && !told_->empty()); }
  void ask_for_trial();
  void try_services(ErrandLine& errands);
  bool is_over(const web::FaultLook& look) const;
  Result<> judge();
  void tell(ErrandLine& errands);
  Result<> remember();

  RecordStore& store_;
  Chronicle& records_;
  const RuleBook& rules_;
  const Clock& clock_;
  Instant due_;
  Instant try_from_{};  // no round before that
  bool is_trial_asked_ = false;
  std::vector<ipc::Frame> heard_{};
  std::vector<Observation> accused_{};  // what was bad when somebody looked last
  ipc::op::Faults faults_{};            // as the box's lights are told
  std::uint64_t errand_ = 0;            // zero: none is under way
  std::optional<std::string>
      told_{};  // of the last record, its result; empty: that all is well; none: not looked up yet
};

}  // namespace gw::control
