// Certificates, and on which side a fault is (CRT-05, SRV-01, DEM-03).

#include <algorithm>

#include "control/findings/observed.h"
#include "control/way_to_cloud.h"

namespace gw::control::findings {
namespace {

using model::CertificateRoll;

constexpr std::chrono::days kSoon{30};

std::string use_of(const CertificateRoll::Use& use) {
  const std::string out = shown(to_string(use.facing));
  return use.service.empty() ? out : out + ": " + use.service;
}

}  // namespace

Result<Finding> certificates_ends(const Observed& seen) {
  const auto& own = seen.sight.certificates.own;
  if (own.empty()) return Draft(State::unknown).say(Text::certs_none).of_configuration(seen).take();
  const auto soon = static_cast<std::size_t>(std::ranges::count_if(own, [&](const auto& one) {
    return one.certificate && CivilTime(one.certificate->ends) <= seen.now + kSoon;
  }));
  const auto missing =
      static_cast<std::size_t>(std::ranges::count_if(own, [](const auto& one) { return !one.certificate; }));
  Draft out(State::shown);
  if (soon + missing == 0) out.say(Text::certs_good, {text_of(own.size())});
  if (soon != 0) out.say(State::attention, Text::certs_soon, {text_of(soon)});
  if (missing != 0) out.say(State::attention, Text::certs_missing, {text_of(missing)});
  out.columns({Text::col_tenant, Text::col_what, Text::col_subject, Text::col_issuer, Text::col_until});
  for (const CertificateRoll::Own& one : own)
    out.row({one.tenant.empty() ? "—" : one.tenant, one.name,
             one.certificate ? one.certificate->subject : "—",
             one.certificate ? one.certificate->issuer : "—",
             one.certificate ? time_of(one.certificate->ends) : "—"});
  return out.of_configuration(seen).take();
}

Result<Finding> certificates_trust(const Observed& seen) {
  const auto& sets = seen.sight.certificates.trust;
  if (sets.empty()) return Draft(State::unknown).say(Text::trust_none).of_configuration(seen).take();
  Draft out(State::by_design);
  out.say(Text::trust_told);
  out.columns({Text::col_tenant, Text::col_what, Text::col_subject, Text::col_until});
  for (const CertificateRoll::TrustSet& set : sets)
    for (const CertificateRoll::Anchor& anchor : set.anchors)
      out.row({set.tenant.empty() ? "—" : set.tenant, use_of(set.checked), anchor.certificate.subject,
               time_of(anchor.certificate.ends)});
  return out.of_configuration(seen).take();
}

Result<Finding> services_diagnosis(const Observed& seen) {
  const ipc::op::Diagnosis& diagnosis = seen.sight.diagnosis;
  if (diagnosis.trials.trials.empty()) return Draft(State::unknown).say(Text::endpoints_none).take();
  const Way way = way_of(diagnosis);
  const bool is_bad = std::ranges::find(way, Standing::bad) != way.end(),
             is_open = way[static_cast<std::size_t>(Step::connection)] == Standing::unknown;
  Draft out(is_bad ? State::attention : State::shown);
  out.say(Text::diagnosis_told, {code_of(way)});
  if (is_open) out.say(State::unknown, Text::diagnosis_open);
  return out.of_trials(seen).take();
}

}  // namespace gw::control::findings
