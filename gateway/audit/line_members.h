#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::audit {

/// A member of a record's line (audit/line.h).
struct LineMember {
  std::string name{};
  std::string value{};  ///< of a number its digits; what was escaped by its code stays so
};

/// In their order. Nothing if it is no line as we write them.
std::optional<std::vector<LineMember>> members_of(std::string_view line);

}  // namespace gw::audit
