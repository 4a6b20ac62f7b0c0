#include "metrics/ledger.h"

#include <cmath>

#include "base/check.h"

namespace gw::metrics {

/// Null if the family has no room for another one.
double* Ledger::place_of(FamilyId id, const Labels& labels) {
  const Family& one = family(id);
  GW_CHECK(labels.size() == one.labels.size(), "a series has a value for each label of its family");
  Series& series = families_[id];
  if (const auto found = series.find(labels); found != series.end()) return &found->second;
  if (series.size() >= one.most) {
    ++left_out_;
    return nullptr;
  }
  return &series[labels];
}

void Ledger::add(FamilyId counter, const Labels& labels, double by) {
  GW_CHECK(family(counter).kind == Kind::counter, "only counters are added to");
  GW_CHECK(std::isfinite(by) && by >= 0, "a counter never goes down");
  if (double* value = place_of(counter, labels)) *value += by;
}

void Ledger::set(FamilyId gauge, const Labels& labels, double value) {
  GW_CHECK(family(gauge).kind != Kind::counter, "counters are added to");
  GW_CHECK(std::isfinite(value), "a figure is a number");
  if (double* place = place_of(gauge, labels)) *place = value;
}

void Ledger::forget(FamilyId gauge) {
  GW_CHECK(family(gauge).kind != Kind::counter, "counters never go");
  families_.erase(gauge);
}

Snapshot Ledger::snapshot(std::chrono::milliseconds since_1970) const {
  Snapshot out{since_1970, {}};
  for (const auto& [id, series] : families_)
    for (const auto& [labels, value] : series) out.samples.push_back({id, labels, value});
  if (left_out_ > 0) out.samples.push_back({FamilyId::figures_left_out, {}, left_out_});
  return out;
}

}  // namespace gw::metrics
