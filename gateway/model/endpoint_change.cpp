#include "model/endpoint_change.h"

#include <algorithm>

namespace gw::model {
namespace {

/// What it means that an endpoint takes, or no longer takes, what a probe offers.
struct ChangeRow {
  Probe probe;
  Probed::Answer now;
  EventId event;
};
constexpr ChangeRow kChanges[] = {
    {Probe::tls13, Probed::Answer::refused, EventId::endpoint_version_lost},
    {Probe::tls12, Probed::Answer::refused, EventId::endpoint_version_lost},
    {Probe::other_suites, Probed::Answer::agreed, EventId::endpoint_weaker},
    {Probe::older, Probed::Answer::agreed, EventId::endpoint_weaker},
};

std::string words_of(Probe probe, const Probed& probed) {
  return std::string(to_string(probe)) + ": " + probed.words;
}

/// Whoever stands on TLS 1.3 alone misses no TLS 1.2.
bool is_missed(Probe probe, const EndpointGrade& grade) {
  return probe != Probe::tls12 || grade.profile != ProfileName::high_13;
}

bool needs_no_exception(const EndpointGrade& grade) {
  return std::ranges::count(remarks_on(grade), EndpointRemark::exception_can_go) != 0;
}

}  // namespace

std::vector<EndpointChange> changes_between(const EndpointGrade& before, const EndpointGrade& after) {
  std::vector<EndpointChange> out;
  for (const ChangeRow& row : kChanges) {
    const Probed &was = before.of(row.probe), &is = after.of(row.probe);
    if (!is_missed(row.probe, after)) continue;
    if (is.answer != row.now || was.answer == row.now || was.answer == Probed::Answer::unknown) continue;
    out.push_back({row.event, words_of(row.probe, was), words_of(row.probe, is)});
  }
  if (before.certificate && after.certificate && before.certificate->issuer != after.certificate->issuer)
    out.push_back({EventId::endpoint_issuer_changed, before.certificate->issuer, after.certificate->issuer});
  if (needs_no_exception(after) && !before.takes(Probe::tls13))
    out.push_back({EventId::endpoint_exception_can_go, words_of(Probe::tls13, before.of(Probe::tls13)),
                   words_of(Probe::tls13, after.of(Probe::tls13))});
  return out;
}

}  // namespace gw::model
