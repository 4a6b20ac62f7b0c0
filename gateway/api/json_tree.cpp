// The one file that includes Boost.JSON's sources, for all who use it.

#include "api/json_tree.h"

#include <algorithm>
#include <boost/json/src.hpp>

namespace gw::api {
namespace {

namespace json = boost::json;
using Kind = JsonTree::Kind;

constexpr std::size_t kDeepest = 16;

JsonTree tree_of(const json::value& value);

JsonTree tree_of(const json::array& list) {
  JsonTree out{.kind = Kind::list};
  for (const json::value& item : list) out.items.push_back(tree_of(item));
  return out;
}

JsonTree tree_of(const json::object& object) {
  JsonTree out{.kind = Kind::object};
  for (const json::key_value_pair& member : object) {
    out.names.emplace_back(member.key().data(), member.key().size());
    out.items.push_back(tree_of(member.value()));
  }
  return out;
}

JsonTree tree_of(const json::value& value) {
  if (const json::object* object = value.if_object()) return tree_of(*object);
  if (const json::array* list = value.if_array()) return tree_of(*list);
  if (const json::string* text = value.if_string())
    return {Kind::text, std::string(text->data(), text->size())};
  if (value.is_null()) return {};
  return {value.is_bool() ? Kind::flag : Kind::number, json::serialize(value)};
}

}  // namespace

const JsonTree* JsonTree::find(std::string_view name) const {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? nullptr : &items[static_cast<std::size_t>(found - names.begin())];
}

Result<JsonTree> read_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = kDeepest;
  json::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error, {}, options);
  if (error) return Error{ErrorCode::web_malformed, error.message()};
  return tree_of(value);
}

}  // namespace gw::api
