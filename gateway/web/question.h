#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/value.h"
#include "web/flat_object.h"
#include "web/problem.h"
#include "web/route.h"

namespace gw::web {

/// A pair of a query (application/x-www-form-urlencoded), decoded. Nothing if it is none: a "%" without its
/// two digits, or too many pairs.
struct QueryPair {
  std::string name{}, value{};
};
std::optional<std::vector<QueryPair>> read_query(std::string_view query);
/// RFC 3986 2.1; nothing if a "%" stands without its two digits.
std::optional<std::string> percent_decoded(std::string_view text);

/// What a question was made of.
struct Written {
  std::string_view query{};
  std::string_view content_type{};
  std::string_view body{};
};
/// The values of an operation, each checked, in the order in which they travel; or what is wrong.
std::variant<api::TypedValues, Problem> read_values(const Route& route, const Written& written);
/// The same of a GET whose values are members of JSON, wherever they stand otherwise.
std::variant<api::TypedValues, Problem> read_values(api::OperationId operation,
                                                    std::vector<JsonMember> members);

}  // namespace gw::web
