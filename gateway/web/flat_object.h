#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/typed_value.h"

namespace gw::web {

/// One member of a JSON object. `null` is absent.
struct JsonMember {
  /// list: of texts; map: an object of texts, of which each name stands before its text among the items;
  /// strange: whatever else, and no whole number.
  enum class Shape : std::uint8_t { plain, list, map, strange };

  std::string name{};
  model::TypedValue value{};
  Shape shape = Shape::plain;
};

/// The longest body that is read, octets.
inline constexpr std::size_t kMostJson = 1u << 20;

/// The members of a JSON object (RFC 8259), in their order, also those that are there twice. Strict: UTF-8
/// alone, no comments, nothing behind it, no deeper than a few levels. web.malformed.
Result<std::vector<JsonMember>> read_object(std::string_view json);

}  // namespace gw::web
