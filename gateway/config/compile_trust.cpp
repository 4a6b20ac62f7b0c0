// Whom a side trusts, when, and what is known of revocation.

#include <algorithm>
#include <string>

#include "config/compilation.h"
#include "config/names.h"

namespace gw::config {
namespace {

using model::Revocation;
using model::TrustAnchors;

model::CivilSeconds today(const Compilation& compilation) {
  return std::chrono::floor<std::chrono::seconds>(compilation.surroundings.now).time_since_epoch();
}

TrustAnchors compile_anchor(Compilation& compilation, const AnchorKeys& keys) {
  TrustAnchors anchors;
  take(keys.file, anchors.file);
  take(keys.from, anchors.from);
  take(keys.until, anchors.until);
  anchors.pem = compilation.shelf.certificates(keys.file);
  if (keys.from && keys.until && keys.until->value <= keys.from->value)
    compilation.problems.add(keys.until.at, ErrorCode::config_value_range,
                             "the trust ends before it begins; give a moment after `from`");
  return anchors;
}

/// A box must start with the file it has, even when time has gone over it.
void warn_of_trust_in_nobody(Compilation& compilation, Position at,
                             const std::vector<TrustAnchors>& anchors) {
  const model::CivilSeconds now = today(compilation);
  if (std::none_of(anchors.begin(), anchors.end(), [&](const auto& each) { return each.in_force(now); }))
    compilation.problems.warn(at, ErrorCode::config_anchors_not_in_force,
                              "nobody is trusted now, so everybody is refused; give one file a time that has "
                              "begun and not ended");
}

void warn_of_ended_patience(Compilation& compilation, const Given<Moment>& soft_until) {
  if (soft_until && soft_until->value <= today(compilation))
    compilation.problems.warn(soft_until.at, ErrorCode::config_exception_expired,
                              "this moment has passed, so a doubt refuses; take it out or give a later one");
}

/// A list may be an intermediate authority's, whose certificate the peers send; more often it is a mistake.
void look_into(Compilation& compilation, Position at, const model::RevocationFile& list,
               const std::string& anchors_pem) {
  if (list.octets.empty() || !compilation.surroundings.read_list) return;
  const Result<> looked = compilation.surroundings.read_list(list.octets, anchors_pem);
  if (looked) return;
  if (looked.error().code == ErrorCode::revocation_foreign)
    return compilation.problems.warn(at, ErrorCode::config_revocation_foreign,
                                     "no authority of this side's anchors has issued " +
                                         in_quotes(list.file) +
                                         "; it counts below an authority in between alone, and otherwise the "
                                         "right list is missing");
  compilation.problems.add(
      at, ErrorCode::config_revocation_list,
      in_quotes(list.file) + " cannot be used: " + looked.error().detail + "; fetch it again as DER or PEM");
}

template <class Lists>
void compile_lists(Compilation& compilation, const Lists& lists, const std::vector<TrustAnchors>& anchors,
                   Revocation& revocation) {
  std::string anchors_pem;
  for (const TrustAnchors& each : anchors) anchors_pem += each.pem;
  refuse_repeated(
      compilation.problems, lists->items, [](const FilePath& path) { return path.value; }, "the list");
  for (const auto& path : lists->items) {
    const std::string octets = compilation.shelf.revocation_list(path);
    model::RevocationFile list{path->value, {octets.begin(), octets.end()}};
    look_into(compilation, path.at, list, anchors_pem);
    revocation.lists.push_back(std::move(list));
  }
}

model::Responder compile_responder(Compilation& compilation, const Given<ResponderKeys>& keys) {
  model::Responder responder;
  if (!keys) return responder;
  take(keys->server_name, responder.server_name);
  if (keys->port) responder.port = static_cast<std::uint16_t>(keys->port->value);
  take_all(keys->addresses, responder.addresses);
  take(keys->path, responder.path);
  check_endpoints(compilation, keys->server_name, keys->addresses, "the OCSP responder");
  return responder;
}

}  // namespace

std::vector<TrustAnchors> compile_anchors(Compilation& compilation,
                                          const Given<List<AnchorKeys, 1, model::kMaxAnchorFiles>>& keys) {
  std::vector<TrustAnchors> anchors;
  const std::size_t errors_before = compilation.problems.errors();
  for (const auto& given : keys->items)
    if (given) anchors.push_back(compile_anchor(compilation, *given));
  if (keys && compilation.problems.errors() == errors_before && anchors.size() == keys->items.size())
    warn_of_trust_in_nobody(compilation, keys.at, anchors);
  return anchors;
}

Revocation compile_revocation(Compilation& compilation, const Given<TerminalRevocationKeys>& keys,
                              const std::vector<TrustAnchors>& anchors) {
  Revocation revocation;
  take(keys->soft_until, revocation.soft_until);
  warn_of_ended_patience(compilation, keys->soft_until);
  compile_lists(compilation, keys->lists, anchors, revocation);
  return revocation;
}

Revocation compile_revocation(Compilation& compilation, const Given<CloudRevocationKeys>& keys,
                              const std::vector<TrustAnchors>& anchors) {
  Revocation revocation;
  take(keys->stapling, revocation.stapling);
  revocation.responder = compile_responder(compilation, keys->responder);
  take(keys->soft_until, revocation.soft_until);
  warn_of_ended_patience(compilation, keys->soft_until);
  compile_lists(compilation, keys->lists, anchors, revocation);
  const bool is_silent =
      keys->lists.state == State::absent && keys->responder.state == State::absent && !revocation.stapling;
  if (is_silent && keys->stapling.state != State::broken)
    compilation.problems.add(
        keys.at, ErrorCode::config_key_missing,
        "nothing is asked here; give `lists`, `responder` or `stapling: on`, or take `revocation` out");
  return revocation;
}

}  // namespace gw::config
