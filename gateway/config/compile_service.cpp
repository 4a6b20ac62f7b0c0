#include <chrono>
#include <string>

#include "config/compilation.h"
#include "config/names.h"

namespace gw::config {
namespace {

/// What an exception must say (NET-02). Empty: all there.
std::string missing_from_exception(const ProfileKeys& keys) {
  std::vector<std::string_view> missing;
  if (keys.until.state == State::absent) missing.push_back("until");
  if (keys.reason.state == State::absent) missing.push_back("reason");
  if (keys.approver.state == State::absent) missing.push_back("approver");
  return missing.empty() ? std::string{} : listed(missing);
}

/// The same day a year from now, at the end of it.
model::CivilSeconds latest_end(CivilTime now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  std::chrono::year_month_day day{today};
  day += std::chrono::years{1};
  if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
  return std::chrono::sys_days{day}.time_since_epoch() + std::chrono::days{1};
}

void check_exception(Compilation& compilation, const Given<ProfileKeys>& keys) {
  if (const std::string missing = missing_from_exception(*keys); !missing.empty())
    compilation.problems.add(keys.at, ErrorCode::config_exception_undated,
                             "HIGH-12 is an exception and needs " + missing + " beside its name");
  if (!keys->until) return;
  const CivilTime end{std::chrono::duration_cast<CivilTime::duration>(keys->until->value)};
  if (end <= compilation.surroundings.now)
    compilation.problems.add(
        keys->until.at, ErrorCode::config_exception_expired,
        "the exception has ended; use HIGH-13, or have it approved anew with a later day");
  else if (keys->until->value > latest_end(compilation.surroundings.now))
    compilation.problems.add(keys->until.at, ErrorCode::config_value_range,
                             "an exception lasts 12 months at most; choose an earlier day");
}

void refuse_dates_without_exception(Compilation& compilation, const ProfileKeys& keys) {
  const auto refuse = [&](const auto& given, std::string_view key) {
    if (given)
      compilation.problems.add(given.at, ErrorCode::config_key_unknown,
                               in_quotes(key) + " belongs to an exception and HIGH-13 is none; take it out");
  };
  refuse(keys.until, "until");
  refuse(keys.reason, "reason");
  refuse(keys.approver, "approver");
}

model::Credential compile_credential(Compilation& compilation, TenantPart& tenant,
                                     const Given<FilePath>& certificate, const Given<FilePath>& key) {
  model::Credential credential;
  take(certificate, credential.certificate_file);
  take(key, credential.key_file);
  credential.chain_pem = compilation.shelf.certificates(certificate);
  if (!key) return credential;
  const auto* earlier = compilation.key_files.claim(key->value, {tenant.id, tenant.name, key.at});
  if (earlier != nullptr && earlier->tenant != tenant.id)
    compilation.problems.add(key.at, ErrorCode::config_name_repeated,
                             "the key " + in_quotes(key->value) + " belongs to the tenant " +
                                 in_quotes(earlier->tenant_name) +
                                 "; tenants share no keys, so use one of its own");
  const auto next = model::KeyId(static_cast<std::uint16_t>(tenant.keys.size()));
  credential.key = tenant.keys.emplace(key->value, next).first->second;
  return credential;
}

void check_endpoints(Compilation& compilation, const UpstreamKeys& keys) {
  refuse_repeated(
      compilation.problems, keys.addresses->items, [](const Address& a) { return a.value.to_text(); },
      "the address");
  for (const auto& address : keys.addresses->items)
    if (address)
      refuse_clinic_address(compilation, address.at, address->value, "the cloud service's address");
  const bool resolvable = compilation.network_keys.state != State::given ||
                          compilation.network_keys->resolvers.state == State::broken ||
                          !compilation.network_keys->resolvers->items.empty();
  if (keys.addresses.state != State::broken && keys.addresses->items.empty() && keys.server_name &&
      !resolvable)
    compilation.problems.add(keys.server_name.at, ErrorCode::config_key_missing,
                             "nobody can be asked where " + in_quotes(keys.server_name->value) +
                                 " is: give `network.resolvers`, or `addresses` beside this key");
}

model::Downstream compile_downstream(Compilation& compilation, TenantPart& tenant,
                                     const DownstreamKeys& keys) {
  model::Downstream downstream;
  take_all(keys.server_names, downstream.server_names);
  refuse_repeated(
      compilation.problems, keys.server_names->items, [](const HostName& n) { return n.value; }, "the name");
  downstream.credential = compile_credential(compilation, tenant, keys.certificate, keys.key);
  downstream.profile = compile_profile(compilation, keys.profile);
  return downstream;
}

/// A pin without a reserve locks the service out on the day its key changes (SRV-02).
void check_pins(Compilation& compilation, const Given<List<PinText, 0, 16>>& pins) {
  if (pins->items.size() == 1)
    compilation.problems.add(pins.at, ErrorCode::config_value_range,
                             "one pin alone has no reserve; add the pin of a second key, or take it out");
  refuse_repeated(
      compilation.problems, pins->items, [](const PinText& pin) { return pin.node().text; },
      "a reserve must be another key: the pin");
}

model::Upstream compile_upstream(Compilation& compilation, TenantPart& tenant, const UpstreamKeys& keys) {
  model::Upstream upstream;
  take(keys.server_name, upstream.server_name);
  if (keys.port) upstream.port = static_cast<std::uint16_t>(keys.port->value);
  take_all(keys.addresses, upstream.addresses);
  check_endpoints(compilation, keys);
  upstream.credential = compile_credential(compilation, tenant, keys.certificate, keys.key);
  upstream.anchors = compile_anchors(compilation, keys.anchors);
  if (keys.revocation)
    upstream.revocation = compile_revocation(compilation, keys.revocation, upstream.anchors);
  upstream.profile = compile_profile(compilation, keys.profile);
  take_all(keys.pins, upstream.pins);
  check_pins(compilation, keys.pins);
  take(keys.proxy_protocol, upstream.proxy_header);
  take(keys.resume, upstream.resume);
  return upstream;
}

void refuse_unsupported_mode(Compilation& compilation, const Given<ModeChoice>& mode) {
  if (!mode || mode->value == model::Mode::terminate) return;
  const char* why =
      mode->value == model::Mode::wrap
          ? "this release does not serve `wrap` yet; use `terminate`"
          : "this release does not serve `pass_through` yet, and it will need a dated exception; "
            "use `terminate`";
  compilation.problems.add(mode.at, ErrorCode::config_mode_unsupported, why);
}

}  // namespace

model::Profile compile_profile(Compilation& compilation, const Given<ProfileKeys>& keys) {
  model::Profile profile;
  take(keys->name, profile.name);
  take(keys->until, profile.until);
  take(keys->reason, profile.reason);
  take(keys->approver, profile.approver);
  if (!keys || !keys->name) return profile;
  if (profile.name == model::ProfileName::high_12)
    check_exception(compilation, keys);
  else
    refuse_dates_without_exception(compilation, *keys);
  return profile;
}

model::Service compile_service(Compilation& compilation, TenantPart& tenant, model::ServiceId id,
                               const ServiceKeys& keys) {
  model::Service service;
  service.id = id;
  take(keys.name, service.name);
  take(keys.mode, service.mode);
  refuse_unsupported_mode(compilation, keys.mode);
  service.downstream = compile_downstream(compilation, tenant, *keys.downstream);
  service.upstream = compile_upstream(compilation, tenant, *keys.upstream);
  take(keys.limits->idle, service.limits.idle);
  take(keys.limits->lifetime, service.limits.lifetime);
  take(keys.limits->connect, service.limits.connect);
  take(keys.limits->handshake, service.limits.handshake);
  return service;
}

}  // namespace gw::config
