#pragma once

#include <string>
#include <string_view>

namespace gw::metrics {

/// Snappy's block format, in which a message of Remote-Write travels.
std::string compressed(std::string_view octets);

}  // namespace gw::metrics
