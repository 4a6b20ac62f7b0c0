#include "metrics/ledger.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/check.h"

namespace gw::metrics {
namespace {

constexpr std::string_view kSuffixes[] = {"", "_total", "_info", ""};            // by Kind
constexpr std::string_view kPartSuffixes[] = {"", "_bucket", "_sum", "_count"};  // by Part

/// OpenMetrics 1.0, "Numbers": a whole one is written with its ".0".
std::string bound_text(double bound) {
  char text[32];
  const auto written = std::to_chars(text, text + sizeof(text), bound);
  const std::string out(text, written.ptr);
  return out.find('.') == std::string::npos ? out + ".0" : out;
}

}  // namespace

std::string_view suffix_of(const Sample& sample) {
  if (sample.part != Part::value) return kPartSuffixes[static_cast<std::size_t>(sample.part)];
  return kSuffixes[static_cast<std::size_t>(family(sample.family).kind)];
}

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
  const Kind kind = family(gauge).kind;
  GW_CHECK(kind == Kind::gauge || kind == Kind::info, "only gauges and infos are set");
  GW_CHECK(std::isfinite(value), "a figure is a number");
  if (double* place = place_of(gauge, labels)) *place = value;
}

void Ledger::forget(FamilyId gauge) {
  const Kind kind = family(gauge).kind;
  GW_CHECK(kind == Kind::gauge || kind == Kind::info, "what was counted never goes");
  families_.erase(gauge);
}

void Ledger::observe(FamilyId histogram, std::chrono::milliseconds took) {
  const std::span<const double> bounds = bounds_of(histogram);
  Distribution& one = histograms_[histogram];
  one.buckets.resize(bounds.size() + 1);
  const double seconds = static_cast<double>(took.count()) / 1'000;
  ++one.buckets[static_cast<std::size_t>(std::ranges::lower_bound(bounds, seconds) - bounds.begin())];
  one.sum += seconds;
}

/// Each bucket holds those below it as well.
void Ledger::tell(FamilyId id, const Distribution& distribution, std::vector<Sample>& out) {
  const std::span<const double> bounds = bounds_of(id);
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < distribution.buckets.size(); ++i) {
    count += distribution.buckets[i];
    out.push_back(
        {id, {i < bounds.size() ? bound_text(bounds[i]) : "+Inf"}, static_cast<double>(count), Part::bucket});
  }
  out.push_back({id, {}, distribution.sum, Part::sum});
  out.push_back({id, {}, static_cast<double>(count), Part::count});
}

Snapshot Ledger::snapshot(std::chrono::milliseconds since_1970) const {
  Snapshot out{since_1970, {}};
  for (const auto& [id, series] : families_)
    for (const auto& [labels, value] : series) out.samples.push_back({id, labels, value});
  for (const auto& [id, distribution] : histograms_) tell(id, distribution, out.samples);
  std::ranges::stable_sort(out.samples, {}, &Sample::family);
  if (left_out_ > 0) out.samples.push_back({FamilyId::figures_left_out, {}, left_out_});
  return out;
}

}  // namespace gw::metrics
