#pragma once

#include <string>

#include "packs/pack.h"
#include "pki/certificate.h"

namespace gw::cli {

/// The same as pack_text.h has for people, in one line.
std::string pack_json(const packs::Pack& pack, const pki::Sha256& digest);

}  // namespace gw::cli
