#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ca/der.h"
#include "model/address.h"

namespace gw::ca {

/// Alternative names of a certificate (RFC 5280 4.2.1.6).
struct Names {
  std::vector<std::string> uris{};
  std::vector<std::string> hosts{};
  std::vector<model::IpAddress> addresses{};

  bool empty() const { return uris.empty() && hosts.empty() && addresses.empty(); }
};

/// What the names of one role must be, all of them.
enum class NameForm : std::uint8_t {
  none,      ///< no names at all
  terminal,  ///< one URI, urn:sekisho:TENANT:TERMINAL, as the gateway knows its terminals
  box,       ///< one URI, urn:sekisho:TENANT:box; no terminal may be called so
  hosts,     ///< host names and addresses, one at least, no wildcard
};
/// issue.outside_profile with the form that is wanted.
Result<> check_form(NameForm form, const Names& names);

/// Who a terminal is, by the URI in its certificate.
struct TerminalName {
  std::string tenant{};
  std::string terminal{};
  friend auto operator<=>(const TerminalName&, const TerminalName&) = default;
};
/// The two parts of urn:sekisho:TENANT:TERMINAL; nothing for any other text, and for the box's own name.
std::optional<TerminalName> terminal_named(std::string_view uri);

/// GeneralNames, DER.
Octets general_names(const Names& names);

/// Where an authority's names must lie. A form without any is not free but excluded whole.
struct Territory {
  std::vector<std::string> zones{};  ///< each host name itself and all below it
  std::vector<model::Prefix> networks{};

  bool empty() const { return zones.empty() && networks.empty(); }
};
/// issue.outside_profile if a zone is no host name.
Result<> check_territory(const Territory& territory);
/// NameConstraints, DER (RFC 5280 4.2.1.10). URIs cannot be constrained: ours have no host in them, and a
/// constraint would refuse every one.
Octets name_constraints(const Territory& territory);

}  // namespace gw::ca
