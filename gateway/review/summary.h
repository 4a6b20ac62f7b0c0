#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "audit/line.h"
#include "base/language.h"
#include "review/quarter.h"
#include "review/top_list.h"

namespace gw::review {

inline constexpr std::size_t kMostRows = 20;        ///< that a summary shows of each list
inline constexpr std::size_t kMostCounted = 500;    ///< different things that are counted to find these
inline constexpr std::size_t kMostAnomalies = 100;  ///< that are shown one by one; all are counted

/// What somebody has to look at: a record that is marked beforehand (LOG-06).
struct Anomaly {
  std::uint64_t number = 0;
  CivilTime time{};
  EventId event{};
  std::string about{};  ///< what the record says of it
};

/// The rows that are shown of something.
struct Counted {
  std::vector<TopList::Row> rows{};
  std::uint64_t all = 0;
  bool is_cut = false;  ///< there were more than could be counted: the rows are estimates
};

/// A month of the boundary's records (LOG-02, LOG-06).
struct Summary {
  std::chrono::year_month month{};
  std::uint64_t first = 0, last = 0;  ///< numbers of its records; zero: there are none
  std::uint64_t records = 0;
  audit::Link link{};  ///< of the last one
  std::uint64_t before_13 = 0;  ///< legs of sessions with a TLS version before 1.3 (NET-01)
  std::uint64_t opened = 0, bytes_up = 0, bytes_down = 0;
  Counted sessions{};                       ///< opened, by tenant/service/terminal
  Counted tls{};                            ///< sessions, by side and what was agreed on (NET-01)
  Counted refusals{};                       ///< by tenant and reason
  Counted administration{};                 ///< what administrators did, by event and name
  Counted sign_in_failures{};               ///< by reason and source
  Counted anomaly_kinds{};                  ///< by event
  std::vector<Anomaly> anomalies{};         ///< the first ones
  std::uint64_t behind = 0;                 ///< records that were written while the clock was wrong (TIM-03)
  std::vector<std::string> unused_rules{};  ///< tenant/rule, for kUnusedRule (WLS-06)
};

std::string text_of(const Summary& summary, Language language);
/// One object and a newline.
std::string json_of(const Summary& summary);

/// Is a record one that somebody has to look at?
bool is_anomaly(EventId event);

/// Adds a month up, record by record, in bounded memory however many there are.
class Summing {
 public:
  explicit Summing(std::chrono::year_month month);

  /// Records of other months are passed over. In the order of their numbers.
  void take(std::uint64_t number, const audit::Record& record, const audit::Link& link);
  /// `unused_rules` as RuleUse knows them.
  Summary finish(std::vector<std::string> unused_rules) const;

 private:
  void count(const audit::Record& record);
  void count_tls(std::string_view side, std::string_view agreed);

  Summary summary_{};
  TopList sessions_{kMostCounted}, tls_{kMostCounted}, refusals_{kMostCounted}, administration_{kMostCounted},
      sign_in_failures_{kMostCounted}, anomaly_kinds_{kMostCounted};
  std::uint64_t agreed_ = 0, refused_ = 0, administered_ = 0, failed_ = 0, anomalies_ = 0;
};

}  // namespace gw::review
