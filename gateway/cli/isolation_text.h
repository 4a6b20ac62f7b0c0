#pragma once

#include <string>

#include "base/language.h"
#include "model/proof.h"

namespace gw::cli {

/// For people: what was tried by way and place, then everything that did not hold, one line each. What was
/// tried and observed is quoted as the box has it.
std::string to_text(const model::Proof& proof, Language language);

}  // namespace gw::cli
