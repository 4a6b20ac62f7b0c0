#pragma once

#include <string>
#include <string_view>

#include "audit/verification.h"
#include "base/language.h"

namespace gw::audit {

/// What an auditor reads of a chain (LOG-03): a line for each flaw, then what the whole is.
std::string words_of(const Verdict& verdict, Language language);
/// The same as one JSON object and a newline, with the names of to_string(Flaw::Kind).
std::string json_of(const Verdict& verdict);

}  // namespace gw::audit
