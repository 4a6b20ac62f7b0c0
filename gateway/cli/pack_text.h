#pragma once

#include <string>

#include "base/language.h"
#include "packs/pack.h"
#include "pki/certificate.h"

namespace gw::cli {

/// A pack for people: what it is and how well it is known, then each item with what answers it. GOV-01
std::string pack_text(const packs::Pack& pack, const pki::Sha256& digest, Language language);

}  // namespace gw::cli
