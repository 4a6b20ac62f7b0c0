#pragma once

#include <optional>

#include "control/chronicle.h"
#include "control/rule_book.h"
#include "review/reviews.h"
#include "review/summary.h"

namespace gw::control {

/// What a month's records come to (LOG-06), in the words of both languages.
struct MonthInWords {
  std::string month{};
  std::uint64_t first = 0, last = 0;  ///< records; zero: there are none
  audit::Link link{};                 ///< of the last one
  std::string english{}, japanese{}, json{};
  bool is_over = false;
};

/// Adds the records up month by month, a few at a time while nothing else is to be done, and keeps the
/// quarterly reviews. One thread. Errors: store.*.
class ReviewOffice {
 public:
  /// All outlive it. The tables are the store's.
  static Result<ReviewOffice> open(RecordStore& store, Chronicle& chronicle, const Clock& clock);

  /// What has become due, or the next few records. Not while records come in.
  Result<> tick();
  /// Are there records that were not added up yet?
  bool is_behind() const { return next_ <= store_->last() && clock_->now() >= retry_due_; }

  review::Reviews& reviews() { return reviews_; }
  RuleBook& rules() { return rules_; }
  /// Months that there is a summary of, the newest first, `most` of them.
  Result<std::vector<std::string>> months(std::size_t most);
  /// Of the month that runs: as far as it was added up. review.unknown.
  Result<MonthInWords> month(std::string_view month);
  /// The month that runs, as far as it was added up; an empty one before there is any record.
  review::Summary running() const;
  /// From the first record of a quarter to its last, as its months have it.
  Result<review::Review> range_of(const review::Quarter& quarter);

 private:
  ReviewOffice(RecordStore& store, Chronicle& chronicle, const Clock& clock, CivilTime since, RuleBook rules)
      : store_(&store),
        chronicle_(&chronicle),
        clock_(&clock),
        reviews_(store.database(), clock, since),
        rules_(std::move(rules)) {}
  Result<> look();
  Result<> attend();
  Result<> add_up();
  Result<> end_month();
  void begin(std::chrono::year_month month) { summing_.emplace(month), month_ = month; }

  RecordStore* store_;
  Chronicle* chronicle_;
  const Clock* clock_;
  review::Reviews reviews_;
  RuleBook rules_;
  std::chrono::year_month month_{};
  std::optional<review::Summing> summing_{};  // of month_; none: there was no record yet
  std::uint64_t next_ = 1;
  Instant reminded_due_{};
  Instant retry_due_{};  // after a month could not be ended: the disk may be full
};

}  // namespace gw::control
