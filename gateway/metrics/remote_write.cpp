#include "metrics/remote_write.h"

#include <algorithm>

#include "metrics/protobuf.h"

namespace gw::metrics {
namespace {

// prometheus.WriteRequest, TimeSeries, Label and Sample, by the numbers of their fields.
constexpr std::uint32_t kTimeSeries = 1;
constexpr std::uint32_t kLabels = 1, kSamples = 2;
constexpr std::uint32_t kName = 1, kText = 2;
constexpr std::uint32_t kValue = 1, kTimestamp = 2;

using Pair = std::pair<std::string_view, std::string_view>;

ProtobufWriter label_of(const Pair& pair) {
  ProtobufWriter out;
  out.text(kName, pair.first).text(kText, pair.second);
  return out;
}

/// Remote-Write 1.0, "Labels": in the order of their names, none of them empty.
ProtobufWriter series_of(const Sample& sample, std::string_view site, std::uint64_t at) {
  const Family& one = family(sample.family);
  const std::string name = std::string(one.name).append(suffix_of(sample));
  std::vector<Pair> labels{{"__name__", name}, {"site", site}};
  for (std::size_t i = 0; i < sample.labels.size(); ++i)
    if (!sample.labels[i].empty()) labels.emplace_back(one.labels[i], sample.labels[i]);
  std::ranges::sort(labels);
  ProtobufWriter out, value;
  for (const Pair& pair : labels) out.message(kLabels, label_of(pair));
  out.message(kSamples, value.real(kValue, sample.value).number(kTimestamp, at));
  return out;
}

}  // namespace

std::string to_write_request(const Snapshot& snapshot, std::string_view site) {
  ProtobufWriter out;
  const auto at = static_cast<std::uint64_t>(snapshot.at.count());
  for (const Sample& sample : snapshot.samples) out.message(kTimeSeries, series_of(sample, site, at));
  return out.octets();
}

}  // namespace gw::metrics
