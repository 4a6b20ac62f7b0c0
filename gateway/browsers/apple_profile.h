#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/configuration.h"

namespace gw::browsers {

// Configuration profiles for Apple's devices, as XML property lists. The same settings make the same profile,
// identifiers and all, so a later one takes an earlier one's place.

/// For iPadOS and iOS from 17.0 on: everything an app or a browser asks a wrapped service's cloud for goes
/// through the box as a network relay, by HTTP/2 CONNECT. The certificate that is shown there has to be added
/// to the profile by who manages the devices, under the identifier that the relay names.
std::string ipados_profile(const std::vector<model::ProxyDoor>& doors, std::string_view pac_url);
/// For macOS from 14.0 on: the same, and what chromium_policy() says as settings of Chrome and Edge.
std::string macos_profile(const std::vector<model::ProxyDoor>& doors, std::string_view pac_url);

}  // namespace gw::browsers
