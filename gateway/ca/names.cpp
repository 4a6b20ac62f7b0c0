#include "ca/names.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "pki/alternative_names.h"

namespace gw::ca {
namespace {

constexpr std::string_view kScheme = "urn:sekisho:", kBox = "box";
constexpr std::size_t kMostNames = 64;

Error outside(const char* why) { return {ErrorCode::issue_outside_profile, why}; }

/// The last two parts of urn:sekisho:TENANT:NAME.
std::optional<TerminalName> parts_of(std::string_view uri) {
  if (!uri.starts_with(kScheme)) return std::nullopt;
  uri.remove_prefix(kScheme.size());
  const std::size_t colon = uri.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view tenant = uri.substr(0, colon), name = uri.substr(colon + 1);
  if (!is_name(tenant) || !is_name(name)) return std::nullopt;
  return TerminalName{std::string(tenant), std::string(name)};
}

/// Of the one name there is.
std::optional<TerminalName> only_urn(const Names& names) {
  const bool alone = names.uris.size() == 1 && names.hosts.empty() && names.addresses.empty();
  return alone ? parts_of(names.uris.front()) : std::nullopt;
}

bool is_host(const std::string& name) { return pki::is_dns_name(name) && name.front() != '*'; }

Result<> check_hosts(const Names& names) {
  const std::size_t count = names.hosts.size() + names.addresses.size();
  if (!names.uris.empty() || count == 0 || count > kMostNames)
    return outside("give one to 64 host names and addresses, and no URI");
  if (!std::all_of(names.hosts.begin(), names.hosts.end(), is_host))
    return outside("a host name is not one, or stands for several");
  return Done{};
}

Octets octets_of(const model::IpAddress& address) {
  return {address.octets().begin(), address.octets().begin() + address.width() / 8};
}

/// The address and its mask, one behind the other.
Octets octets_of(const model::Prefix& prefix) {
  Octets out = octets_of(prefix.network().address);
  for (unsigned bit = 0; bit < prefix.address.width(); bit += 8) {
    const unsigned ones = std::clamp<unsigned>(prefix.length, bit, bit + 8) - bit;
    out.push_back(static_cast<std::uint8_t>(0xff00u >> ones));
  }
  return out;
}

void add_subtree(Octets& to, Tag kind, Bytes base) {
  append(to, tagged(Tag::sequence, {tagged(kind, base)}));
}

}  // namespace

Result<> check_form(NameForm form, const Names& names) {
  const auto urn = only_urn(names);
  switch (form) {
    case NameForm::none:
      return names.empty() ? Result<>(Done{})
                           : outside("a certificate of this role has no alternative names");
    case NameForm::terminal:
      return urn && urn->terminal != kBox
                 ? Result<>(Done{})
                 : outside("a terminal has one name, urn:sekisho:TENANT:TERMINAL, and is not called box");
    case NameForm::box:
      return urn && urn->terminal == kBox ? Result<>(Done{})
                                          : outside("the box has one name, urn:sekisho:TENANT:box");
    case NameForm::hosts:
      return check_hosts(names);
  }
  GW_CHECK(false, "every form has its rule");
}

std::optional<TerminalName> terminal_named(std::string_view uri) {
  auto named = parts_of(uri);
  return named && named->terminal != kBox ? std::move(named) : std::nullopt;
}

Octets general_names(const Names& names) {
  Octets all;
  for (const std::string& uri : names.uris) append(all, tagged(Tag::field_6, as_bytes(uri)));
  for (const std::string& host : names.hosts) append(all, tagged(Tag::field_2, as_bytes(host)));
  for (const auto& address : names.addresses) append(all, tagged(Tag::field_7, Bytes(octets_of(address))));
  return tagged(Tag::sequence, Bytes(all));
}

Result<> check_territory(const Territory& territory) {
  if (std::all_of(territory.zones.begin(), territory.zones.end(), is_host)) return Done{};
  return outside("a zone is no host name");
}

Octets name_constraints(const Territory& territory) {
  Octets permitted, excluded;
  for (const std::string& zone : territory.zones) add_subtree(permitted, Tag::field_2, as_bytes(zone));
  for (const auto& network : territory.networks)
    add_subtree(permitted, Tag::field_7, Bytes(octets_of(network)));
  if (territory.zones.empty()) add_subtree(excluded, Tag::field_2, {});
  if (territory.networks.empty())
    for (const model::Family family : {model::Family::ipv4, model::Family::ipv6})
      add_subtree(excluded, Tag::field_7, Bytes(octets_of(model::Prefix{model::IpAddress(family, {}), 0})));
  Octets both;
  if (!permitted.empty()) append(both, tagged(Tag::group_0, Bytes(permitted)));
  if (!excluded.empty()) append(both, tagged(Tag::group_1, Bytes(excluded)));
  return tagged(Tag::sequence, Bytes(both));
}

}  // namespace gw::ca
