#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "bundle/redactor.h"

namespace gw::bundle {

/// A configuration without its comments, by keys.def: what is no number, span, day, flag or word of the box
/// has a pseudonym, whatever it is. Its names are known to `pseudonyms` from then on. config.syntax if it is
/// none.
Result<std::string> redact_configuration(std::string_view text, Pseudonyms& pseudonyms, Mode mode);

}  // namespace gw::bundle
