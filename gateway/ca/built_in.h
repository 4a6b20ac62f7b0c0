#pragma once

#include "ca/profile.h"

namespace gw::ca {

/// The profiles by which a box issues for its own site, the same as certs/profiles/terminal.yaml and
/// site_ca.yaml: a box has no file that could widen them.
const Profile& terminal_profile();
const Profile& site_ca_profile();
/// Terminals are named by URIs, so their authority names no host and no address: it must constrain something,
/// and does so to a zone that nobody can have (RFC 2606 2).
const Territory& site_territory();

}  // namespace gw::ca
