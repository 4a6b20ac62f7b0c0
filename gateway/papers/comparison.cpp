#include "papers/comparison.h"

#include <algorithm>

#include "base/text.h"
#include "papers/choices.h"

namespace gw::papers {
namespace {

using model::Asked;
using model::EndpointFact;
using model::Probed;
using Outcome = Compared::Outcome;
using Answer = Probed::Answer;

/// A cell of the evidence begins with the word and goes on with details.
template <class E>
bool says(const std::string& cell, E word) {
  return cell.starts_with(model::words_of(word));
}

std::string cell_of(const Observation& seen, EndpointFact fact) {
  const auto found = seen.find(fact);
  const bool is_known = found != seen.end() && !says(found->second, Answer::unknown);
  return is_known ? found->second : std::string();
}

/// `fits`: what was stated is what was observed.
Compared row(FactId about, std::string stated, std::string observed, bool fits) {
  const Outcome outcome = observed.empty() ? Outcome::not_observed
                          : stated.empty() ? Outcome::paper_silent
                          : fits           ? Outcome::same
                                           : Outcome::differs;
  return {about, std::move(stated), std::move(observed), outcome};
}

struct VersionRow {
  EndpointFact seen;
  std::string_view name;  ///< as papers state it; none of them states an older one
};
constexpr VersionRow kVersions[] = {{EndpointFact::tls13, kTlsVersions[1].value},
                                    {EndpointFact::tls12, kTlsVersions[0].value},
                                    {EndpointFact::older, ""}};

/// A list of versions that has no unknown in it says of every other one that it is not taken.
Compared version(const Profile& profile, const Observation& seen, const VersionRow& one) {
  const auto& stated = profile.of(FactId::transport_versions);
  const bool is_named = std::ranges::any_of(
      stated, [&](const auto& each) { return !one.name.empty() && each.value == one.name; });
  const bool is_open = std::ranges::any_of(stated, &Statement::is_unknown);
  const std::string cell = cell_of(seen, one.seen);
  std::string list;
  for (const Statement& each : stated)
    if (!each.is_unknown()) list += (list.empty() ? "" : ", ") + each.value;
  if (is_open && !is_named && !(one.name.empty() && !list.empty())) list.clear();
  return row(FactId::transport_versions, list,
             cell.empty() ? cell : std::string(model::words_of(one.seen)) + ": " + cell,
             is_named == says(cell, Answer::agreed));
}

struct AskedRow {
  FactId about;
  std::string_view stated;
  Asked fits;
};
constexpr AskedRow kAsked[] = {
    {FactId::transport_mutual_authentication, "yes", Asked::demanded},
    {FactId::transport_mutual_authentication, "no", Asked::no},
    {FactId::client_certificate_required, "yes", Asked::demanded},
    {FactId::client_certificate_required, "optional", Asked::asked},
    {FactId::client_certificate_required, "no", Asked::no},
};

Compared asked(const Profile& profile, const Observation& seen, FactId about) {
  const std::string cell = cell_of(seen, EndpointFact::client_certificate);
  const std::string& stated = profile.value_of(about);
  const bool fits = std::ranges::any_of(kAsked, [&](const AskedRow& one) {
    return one.about == about && one.stated == stated && cell == model::words_of(one.fits);
  });
  return row(about, stated, cell, fits);
}

Compared encrypted(const Profile& profile, const Observation& seen) {
  std::string cell;
  bool is_taken = false;
  for (const EndpointFact fact : {EndpointFact::tls13, EndpointFact::tls12}) {
    const std::string one = cell_of(seen, fact);
    if (is_taken || one.empty()) continue;
    is_taken = says(one, Answer::agreed);
    cell = std::string(model::words_of(fact)) + ": " + one;
  }
  const std::string& stated = profile.value_of(FactId::transport_encrypted);
  return row(FactId::transport_encrypted, stated, cell, is_taken == (stated == kYesNo[0].value));
}

Compared issuer(const Profile& profile, const Observation& seen) {
  const std::string cell = cell_of(seen, EndpointFact::issuer);
  const std::string& stated = profile.value_of(FactId::transport_server_issuer);
  return row(FactId::transport_server_issuer, stated, cell,
             to_lower(cell).find(to_lower(stated)) != std::string::npos);
}

}  // namespace

std::vector<Compared> compare(const Profile& profile, const Observation& seen) {
  std::vector<Compared> out{encrypted(profile, seen)};
  for (const VersionRow& one : kVersions) out.push_back(version(profile, seen, one));
  out.push_back(asked(profile, seen, FactId::transport_mutual_authentication));
  out.push_back(asked(profile, seen, FactId::client_certificate_required));
  out.push_back(issuer(profile, seen));
  return out;
}

}  // namespace gw::papers
