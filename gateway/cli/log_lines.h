#pragma once

#include <string>
#include <string_view>

#include "cli/call.h"
#include "cli/log_reader.h"

namespace gw::cli {

// What the commands on the box's records share.

/// Says why they cannot be read; the exit status for it.
int log_failed(const Call& call, const Error& error);

/// Who calls, as far as this machine knows. Nobody proves it: whoever may ask is root.
std::string somebody();

/// The lines of a text, without their ends.
template <class Take>
void for_each_line(std::string_view text, Take take) {
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    take(text.substr(0, end));
}

}  // namespace gw::cli
