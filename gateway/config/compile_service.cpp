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
  // A box must start with the file it has, and the end of one service's exception is none of the others'.
  if (end <= compilation.surroundings.now)
    compilation.problems.warn(keys->until.at, ErrorCode::config_exception_expired,
                              "the exception has ended, so this service refuses everybody; use HIGH-13, or "
                              "have it approved anew with a later day");
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

model::KeyId claim_key(Compilation& compilation, TenantPart& tenant, const Given<FilePath>& key) {
  const auto* earlier = compilation.key_files.claim(key->value, {tenant.id, tenant.name, key.at});
  if (earlier != nullptr && earlier->tenant != tenant.id)
    compilation.problems.add(key.at, ErrorCode::config_name_repeated,
                             "the key " + in_quotes(key->value) + " belongs to the tenant " +
                                 in_quotes(earlier->tenant_name) +
                                 "; tenants share no keys, so use one of its own");
  return tenant.key_of({model::Wiring::Place::configuration, key->value});
}

/// Files or an identity: one of the two ways, and that whole.
template <class Side>
void check_ways(Compilation& compilation, const Given<Side>& side) {
  const bool certificate = side->certificate.state != State::absent, key = side->key.state != State::absent;
  const bool identity = side->identity.state != State::absent;
  if (identity && (certificate || key))
    compilation.problems.add(
        side->identity.at, ErrorCode::config_value_choice,
        "the box keeps certificate and key of an identity itself; take `certificate` and `key` out here, or "
        "`identity`");
  if (identity || (certificate && key)) return;
  const char* missing = certificate ? "`key`, the PEM file with the certificate's private key,"
                        : key       ? "`certificate`, the PEM file with the key's certificate chain,"
                                    : "`certificate` and `key`, or `identity`,";
  compilation.problems.add(side.at, ErrorCode::config_key_missing,
                           std::string(missing) + " must stand here: what the box shows to this side");
}

template <class Side>
model::Credential compile_credential(Compilation& compilation, TenantPart& tenant, const Given<Side>& side,
                                     model::ManagedIdentity::Side shown_to) {
  model::Credential credential;
  if (!side) return credential;
  check_ways(compilation, side);
  if (side->identity) return credential_of_identity(compilation, tenant, side->identity, shown_to);
  take(side->certificate, credential.certificate_file);
  take(side->key, credential.key_file);
  credential.chain_pem = compilation.shelf.certificates(side->certificate);
  if (side->key) credential.key = claim_key(compilation, tenant, side->key);
  return credential;
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

model::Upstream compile_upstream(Compilation& compilation, TenantPart& tenant,
                                 const Given<UpstreamKeys>& given) {
  const UpstreamKeys& keys = *given;
  model::Upstream upstream;
  take(keys.server_name, upstream.server_name);
  if (keys.port) upstream.port = static_cast<std::uint16_t>(keys.port->value);
  take_all(keys.addresses, upstream.addresses);
  check_endpoints(compilation, keys.server_name, keys.addresses, "the cloud service");
  upstream.credential = compile_credential(compilation, tenant, given, model::ManagedIdentity::Side::clouds);
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

model::Downstream compile_downstream(Compilation& compilation, TenantPart& tenant,
                                     const Given<DownstreamKeys>& given) {
  const DownstreamKeys& keys = *given;
  model::Downstream downstream;
  take_all(keys.server_names, downstream.server_names);
  refuse_repeated(
      compilation.problems, keys.server_names->items, [](const HostName& n) { return n.value; }, "the name");
  downstream.credential =
      compile_credential(compilation, tenant, given, model::ManagedIdentity::Side::terminals);
  downstream.profile = compile_profile(compilation, keys.profile);
  return downstream;
}

void check_endpoints(Compilation& compilation, const Given<HostName>& name,
                     const Given<List<Address, 0, 16>>& addresses, const std::string& whose) {
  refuse_repeated(
      compilation.problems, addresses->items, [](const Address& a) { return a.value.to_text(); },
      "the address");
  for (const auto& address : addresses->items)
    if (address) refuse_clinic_address(compilation, address.at, address->value, whose + "'s address");
  const bool resolvable = compilation.network_keys.state != State::given ||
                          compilation.network_keys->resolvers.state == State::broken ||
                          !compilation.network_keys->resolvers->items.empty();
  if (addresses.state != State::broken && addresses->items.empty() && name && !resolvable)
    compilation.problems.add(name.at, ErrorCode::config_key_missing,
                             "nobody can be asked where " + in_quotes(name->value) +
                                 " is: give `network.resolvers`, or `addresses` beside this key");
}

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
  service.downstream = compile_downstream(compilation, tenant, keys.downstream);
  service.upstream = compile_upstream(compilation, tenant, keys.upstream);
  take(keys.limits->idle, service.limits.idle);
  take(keys.limits->lifetime, service.limits.lifetime);
  take(keys.limits->connect, service.limits.connect);
  take(keys.limits->handshake, service.limits.handshake);
  return service;
}

}  // namespace gw::config
