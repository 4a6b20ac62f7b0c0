#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/configuration.h"

namespace gw::browsers {

// What the browsers of a tenant's terminals are told, so that they ask the box for tunnels to wrapped
// services and go nowhere else through it. Texts, made of nothing but the configuration.

/// The proxy auto-configuration script: which of the cloud's names goes through which of the box's.
/// Everything else is told to go as if there were no proxy.
std::string pac(const std::vector<model::ProxyDoor>& doors);
inline constexpr std::string_view kPacType = "application/x-ns-proxy-autoconfig";

/// The policy of a managed Chromium, Chrome or Edge as JSON: the script, at `pac_url` or in the policy itself
/// if that is empty; the terminal's certificate for the box without a question; no ECH and no QUIC, with
/// which the box could not see where they lead (NET-10).
std::string chromium_policy(const std::vector<model::ProxyDoor>& doors, std::string_view pac_url);
/// The same for Windows, as a file that regedit imports, for Chrome and for Edge. UTF-16 with a mark, as
/// regedit wants it.
std::string windows_policy(const std::vector<model::ProxyDoor>& doors, std::string_view pac_url);

/// A sheet of settings, as it is asked for.
struct Sheet {
  std::string_view name;  ///< of a command line
  std::string_view path;  ///< where a tenant's terminals enrol it is served; ASCII
  std::string_view type;  ///< of its content (RFC 9110 8.3)
  std::string (*make)(const std::vector<model::ProxyDoor>& doors, std::string_view pac_url);
};
/// The script first.
std::span<const Sheet> sheets();
/// Where the tenant's terminals find the script; empty: nothing serves it. Of a whole tenant, or of what is
/// left of it for its enrolment.
std::string pac_url_of(const model::Tenant& tenant);

// what sheets have in common
/// Where the script is: there, or in this very URL (RFC 2397).
std::string location_of(const std::vector<model::ProxyDoor>& doors, std::string_view pac_url);
/// Each of the box's doors gets the terminal's certificate, as policies of Chromium say it.
std::vector<std::string> shown_where(const std::vector<model::ProxyDoor>& doors);

}  // namespace gw::browsers
