#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/service_trial.h"

namespace gw::supervisor {

/// The last grade of each endpoint, and when all were graded last (NET-06): on the disk (`grades` in the
/// state folder), so that the next ones have something to be compared with, whatever happens in between. One
/// thread.
class GradeBook {
 public:
  /// store.damaged: `book` is empty then, and goes on.
  static Result<> open(const std::string& folder, GradeBook& book);

  /// When the last round of trials was over; zero: there was none.
  std::chrono::milliseconds last_round() const { return last_round_; }
  const std::vector<model::EndpointGrade>& grades() const { return grades_; }
  /// The last one of that service; null: none.
  const model::EndpointGrade* of(const std::string& tenant, const std::string& service) const;

  /// In the place of the one before.
  void put(model::EndpointGrade grade);
  /// A round is over: what it did not hear of is of the configuration no more, except of tenants that were
  /// silent. On the disk when it returns.
  Result<> close_round(const model::ServiceTrials& round);

 private:
  std::string folder_{};
  std::chrono::milliseconds last_round_{0};
  std::vector<model::EndpointGrade> grades_{};
};

/// When a box has its services tried by itself: once a week, at a second of the day of its own, so that not
/// all boxes come to a cloud at once. `last` and the result since 1970, UTC; a box that never did so begins
/// in the second hour after its start.
std::chrono::milliseconds next_round(std::chrono::milliseconds last, std::chrono::milliseconds started,
                                     const std::string& site);

}  // namespace gw::supervisor
