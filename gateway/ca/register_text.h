#pragma once

#include <string>
#include <string_view>

#include "ca/register.h"

namespace gw::ca {

/// The register as text: a line that says what it is, a line for each certificate, and a line that says how
/// many there were, so that a file that was cut is noticed. There is one way to write each register.
std::string to_text(const Register& of);
/// register.unreadable, with the line's number, for anything that to_text() would not have written.
Result<Register> read_register(std::string_view text);

}  // namespace gw::ca
