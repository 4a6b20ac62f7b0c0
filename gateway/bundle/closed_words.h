#pragma once

#include <string_view>

namespace gw::bundle {

/// Is it an id out of a table of the box, of an error, an event, an operation, a reason, a finding, or the
/// sentence of an event? Such ids look like host names; all of it stays.
bool is_closed_word(std::string_view text);

}  // namespace gw::bundle
