#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/operation.h"
#include "base/clock.h"
#include "model/typed_value.h"

namespace gw::api {

using model::TypedValue;
using model::TypedValues;

/// Why a value is not what its parameter asks for. Each is an id that people's words are looked up by.
enum class Fault : std::uint8_t {
  missing,
  unknown,
  repeated,
  wrong_type,
  too_short,
  too_long,
  out_of_range,
  malformed
};
std::string_view to_string(Fault fault);

inline constexpr std::size_t kMostTextItem = 512;     ///< octets, of one of several texts
inline constexpr std::size_t kMostFile = 256 * 1024;  ///< octets, of one of several files
inline constexpr std::size_t kMostPath = 255;

/// Whose fault it is, and what it is: as it stands in the question, "/body/name", "/query/limit".
struct FaultAt {
  Fault fault{};
  std::string pointer{};
};
std::string pointer_to(const Parameter& parameter);

/// A value as it was written, made one of its parameter's kind: a number of decimal digits, a time of RFC
/// 3339. What comes out still has to pass check(). Nothing if it cannot be one.
std::optional<TypedValue> read(const Parameter& parameter, std::string_view text);

/// What is wrong with a value, if anything. Both ends ask: whoever reads it, to tell where the mistake is;
/// and whoever acts on it, since the other end may be in strange hands.
std::optional<Fault> check(const Parameter& parameter, const TypedValue& value);
/// The first mistake in what an operation was given.
std::optional<FaultAt> check(OperationId operation, const TypedValues& values);

/// RFC 3339, of whole seconds or parts of them; nothing if it is none. Times travel in milliseconds since
/// 1970, UTC, and none is before.
std::optional<std::chrono::milliseconds> parse_time(std::string_view text);

}  // namespace gw::api
