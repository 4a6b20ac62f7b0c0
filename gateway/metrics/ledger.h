#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "metrics/family.h"

namespace gw::metrics {

/// The values of a family's labels, in their order.
using Labels = std::vector<std::string>;

/// What of its family a sample is. All but `value` are of histograms.
enum class Part : std::uint8_t { value, bucket, sum, count };

struct Sample {
  FamilyId family{};
  Labels labels{};
  double value = 0;
  Part part = Part::value;
};
/// What its name has behind the family's, such as "_total".
std::string_view suffix_of(const Sample& sample);

/// All figures at one moment, families in the order of their table and each family's series together.
struct Snapshot {
  std::chrono::milliseconds at{0};  ///< since 1970, UTC
  std::vector<Sample> samples{};
};

/// The figures of the box as they stand. A family never has more series than its table says: what comes too
/// late is left out, and how much that is is a figure too. A bounded number of octets, whatever is counted.
/// One thread.
class Ledger {
 public:
  /// Counters only. A number that is not finite, or below zero, is our mistake.
  void add(FamilyId counter, const Labels& labels, double by = 1);
  /// Histograms only: one more that took so long.
  void observe(FamilyId histogram, std::chrono::milliseconds took);
  /// Gauges and infos only.
  void set(FamilyId gauge, const Labels& labels, double value);
  /// Before a family is told anew, so that what is gone is told no more; counters never go.
  void forget(FamilyId gauge);

  Snapshot snapshot(std::chrono::milliseconds since_1970) const;

 private:
  using Series = std::map<Labels, double>;
  /// What fell into each bucket alone, the last one being for what is above all bounds.
  struct Distribution {
    std::vector<std::uint64_t> buckets{};
    double sum = 0;
  };
  double* place_of(FamilyId id, const Labels& labels);

  static void tell(FamilyId id, const Distribution& distribution, std::vector<Sample>& out);

  std::map<FamilyId, Series> families_{};
  std::map<FamilyId, Distribution> histograms_{};
  double left_out_ = 0;  // how often, since which they were is not remembered
};

}  // namespace gw::metrics
