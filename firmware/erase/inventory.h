#pragma once

#include <string>
#include <vector>

#include "erase/paper.h"

namespace gw::erase {

/// The certificates in a folder's files (*.pem, at any depth) that somebody else has issued, each once. What
/// cannot be read is passed over: it hinders no erasure.
std::vector<Facts::Owned> certificates_in(const std::string& folder);

}  // namespace gw::erase
