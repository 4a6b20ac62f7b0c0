#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gw::api {

/// A JSON value (RFC 8259) with all that is in it, members in their order: for whoever shows an answer that
/// he knows nothing else of.
struct JsonTree {
  enum class Kind : std::uint8_t { null, flag, number, text, list, object };

  Kind kind = Kind::null;
  std::string text{};                ///< of a text; of a number or a flag as it is written
  std::vector<JsonTree> items{};     ///< of a list or an object
  std::vector<std::string> names{};  ///< of an object's items

  /// A member of an object; nothing if there is none.
  const JsonTree* find(std::string_view name) const;
};

/// Strict, no deeper than a few levels. web.malformed.
Result<JsonTree> read_json(std::string_view text);

}  // namespace gw::api
