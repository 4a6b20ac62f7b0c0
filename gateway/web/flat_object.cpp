#include "web/flat_object.h"

#include <boost/json/basic_parser_impl.hpp>

#include "base/secret.h"

namespace gw::web {
namespace {

namespace json = boost::json;
using boost::system::error_code;

constexpr std::size_t kMostMembers = 64;

/// Hears what the parser finds. Members of the one object are kept, and texts that stand in a member; of
/// anything deeper, that it was there.
struct Listener {
  using Shape = JsonMember::Shape;
  static constexpr std::size_t max_object_size = kMostMembers;
  static constexpr std::size_t max_array_size = model::TypedValue::kMostItems;
  static constexpr std::size_t max_key_size = 256;
  static constexpr std::size_t max_string_size = model::TypedValue::kMostText;

  std::vector<JsonMember> members{};
  std::string part{};
  std::size_t depth = 0;

  ~Listener() { forget(); }
  void forget() {
    part.resize(part.capacity());
    wipe(part.data(), part.size());
    part.clear();
  }
  /// A value that is not kept. In the place of the object it is the end: nothing has a member before there is
  /// one.
  bool strange(error_code& error) {
    if (depth == 0) {
      error = json::make_error_code(json::error::syntax);
      return false;
    }
    members.back().shape = Shape::strange;
    return true;
  }
  bool plain(model::TypedValue value, error_code& error) {
    if (depth != 1) return strange(error);
    members.back().value = std::move(value);
    return true;
  }
  bool taken_text(error_code& error) {
    if (depth != 2 || members.back().shape == Shape::strange)
      return plain(model::TypedValue::of(part), error);
    members.back().value.items.push_back(part);
    return true;
  }
  /// A list or an object in the place of a member.
  bool open(Shape shape, error_code& error) {
    if (depth == 1) {
      members.back().shape = shape;
      members.back().value = model::TypedValue::of(std::vector<std::string>{});
    } else if (!strange(error)) {
      return false;
    }
    ++depth;
    return true;
  }
  bool close() {
    --depth;
    return true;
  }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& error) {
    if (depth > 0) return open(Shape::map, error);
    ++depth;
    return true;
  }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code& error) { return open(Shape::list, error); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_key_part(json::string_view text, std::size_t, error_code&) {
    part.append(text.data(), text.size());
    return true;
  }
  bool on_key(json::string_view text, std::size_t, error_code&) {
    part.append(text.data(), text.size());
    if (depth == 1) members.push_back({part});
    if (depth == 2) members.back().value.items.push_back(part);
    part.clear();
    return true;
  }
  bool on_string_part(json::string_view text, std::size_t, error_code&) {
    part.append(text.data(), text.size());
    return true;
  }
  bool on_string(json::string_view text, std::size_t, error_code& error) {
    part.append(text.data(), text.size());
    const bool taken = taken_text(error);
    forget();
    return taken;
  }
  bool on_number_part(json::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, error_code& error) {
    return number < 0 ? strange(error)
                      : plain(model::TypedValue::of(static_cast<std::uint64_t>(number)), error);
  }
  bool on_uint64(std::uint64_t number, json::string_view, error_code& error) {
    return plain(model::TypedValue::of(number), error);
  }
  bool on_double(double, json::string_view, error_code& error) { return strange(error); }
  bool on_bool(bool flag, error_code& error) { return plain(model::TypedValue::of(flag), error); }
  bool on_null(error_code& error) { return plain({}, error); }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }
};

json::parse_options strict() {
  json::parse_options options;
  options.max_depth = 8;
  return options;
}

}  // namespace

Result<std::vector<JsonMember>> read_object(std::string_view text) {
  if (text.size() > kMostJson) return Error{ErrorCode::web_malformed, "the body is too long"};
  json::basic_parser<Listener> parser(strict());
  error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (error) return Error{ErrorCode::web_malformed, error.message()};
  if (used != text.size() || !parser.done())
    return Error{ErrorCode::web_malformed, "the body is one JSON object"};
  return std::move(parser.handler().members);
}

}  // namespace gw::web
