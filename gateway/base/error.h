#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gw {

/// Closed list of what can go wrong; each has a stable text id (errors.def).
enum class ErrorCode : std::uint16_t {
#define GW_ERROR(name, id) name,
#include "base/errors.def"
#undef GW_ERROR
};

/// Stable text id, such as "config.key.unknown".
std::string_view to_string(ErrorCode code);
/// How many codes there are; a code received from another process is below this.
std::uint16_t error_code_count();

/// What failed and the short detail an operator needs. A refusal by policy is not an error.
struct Error {
  ErrorCode code;
  std::string detail{};

  /// "text.id: detail"
  std::string to_text() const;
};

/// A failed system call: names the call and errno's text.
Error system_error(std::string_view call, int error_number);
/// The same with the current errno.
Error system_error(std::string_view call);

}  // namespace gw
