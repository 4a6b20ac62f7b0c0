#pragma once

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
inline constexpr std::string_view kPacPath = "/proxy.pac";
inline constexpr std::string_view kPacType = "application/x-ns-proxy-autoconfig";

/// The policy of a managed Chromium, Chrome or Edge as JSON: the script, at `pac_url` or in the policy itself
/// if that is empty; the terminal's certificate for the box without a question; no ECH and no QUIC, with
/// which the box could not see where they lead (NET-10).
std::string chromium_policy(const std::vector<model::ProxyDoor>& doors, std::string_view pac_url);
/// The same for Windows, as a file that regedit imports, for Chrome and for Edge. UTF-16 with a mark, as
/// regedit wants it.
std::string windows_policy(const std::vector<model::ProxyDoor>& doors, std::string_view pac_url);

}  // namespace gw::browsers
