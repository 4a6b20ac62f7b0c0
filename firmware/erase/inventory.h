#pragma once

#include <string>
#include <vector>

#include "erase/paper.h"

namespace gw::erase {

/// The certificates in a folder's files that are somebody's own and that somebody else has issued, each once:
/// in PEM wherever it stands, whatever the file is called, since the box's own are kept with their keys in
/// slots (`identities/TENANT/NAME.current`). Of authorities the site's own alone (`site-ca`), since with that
/// all its terminals' count no more. What cannot be read is passed over: it hinders no erasure.
std::vector<Facts::Owned> certificates_in(const std::string& folder);

}  // namespace gw::erase
