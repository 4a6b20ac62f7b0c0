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

/// "urn:sekisho:karte:ct-1" as its last two parts; empty ones if it is not of that form.
struct Urn {
  std::string_view tenant{};
  std::string_view name{};
};
Urn urn_in(const Names& names) {
  if (names.uris.size() != 1 || !names.hosts.empty() || !names.addresses.empty()) return {};
  std::string_view text = names.uris.front();
  if (!text.starts_with(kScheme)) return {};
  text.remove_prefix(kScheme.size());
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  const Urn urn{text.substr(0, colon), text.substr(colon + 1)};
  return is_name(urn.tenant) && is_name(urn.name) ? urn : Urn{};
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
  const Urn urn = urn_in(names);
  switch (form) {
    case NameForm::none:
      return names.empty() ? Result<>(Done{})
                           : outside("a certificate of this role has no alternative names");
    case NameForm::terminal:
      return !urn.name.empty() && urn.name != kBox
                 ? Result<>(Done{})
                 : outside("a terminal has one name, urn:sekisho:TENANT:TERMINAL, and is not called box");
    case NameForm::box:
      return urn.name == kBox ? Result<>(Done{}) : outside("the box has one name, urn:sekisho:TENANT:box");
    case NameForm::hosts:
      return check_hosts(names);
  }
  GW_CHECK(false, "every form has its rule");
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
