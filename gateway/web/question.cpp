#include "web/question.h"

#include <algorithm>

#include "base/text.h"

namespace gw::web {
namespace {

using api::Fault;
using api::FaultAt;
using api::Parameter;
using api::Place;
using Shape = JsonMember::Shape;
using Outcome = std::optional<Problem>;

constexpr std::size_t kMostPairs = 32;

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

Problem fault_at(Fault fault, std::string_view place, const std::string& name) {
  std::string shown = name.substr(0, 64);
  if (!std::ranges::all_of(shown, [](char c) { return c > 0x20 && c < 0x7f; })) shown = "?";
  return problem_of({fault, "/" + std::string(place) + "/" + shown});
}

Shape shape_of(api::Type type) {
  if (type == api::Type::texts) return Shape::list;
  return type == api::Type::files ? Shape::map : Shape::plain;
}

/// Fills the places of an operation's values.
class Values {
 public:
  explicit Values(api::OperationId operation)
      : parameters_(api::parameters_of(operation)), values_(parameters_.size()) {}

  std::optional<std::size_t> place_of(Place place, std::string_view name) const {
    for (std::size_t i = 0; i < parameters_.size(); ++i)
      if (parameters_[i].place == place && parameters_[i].name == name) return i;
    return std::nullopt;
  }
  /// Text of a path or a query.
  Outcome put_text(std::size_t at, std::string_view text) {
    auto value = api::read(parameters_[at], text);
    if (!value) return problem_of({Fault::malformed, pointer_to(parameters_[at])});
    return put(at, *std::move(value));
  }
  /// A member of JSON, where a time is a text.
  Outcome put_member(std::size_t at, JsonMember member) {
    const bool is_left_out = member.shape == Shape::plain && !member.value.is_there();
    if (!is_left_out && member.shape != shape_of(parameters_[at].type))
      return problem_of({Fault::wrong_type, pointer_to(parameters_[at])});
    const bool is_time = parameters_[at].type == api::Type::time;
    if (!is_time || !member.value.is_there()) return put(at, std::move(member.value));
    if (member.value.kind != api::TypedValue::Kind::text)
      return problem_of({Fault::wrong_type, pointer_to(parameters_[at])});
    return put_text(at, member.value.text);
  }
  std::variant<api::TypedValues, Problem> finish(api::OperationId operation) {
    if (const auto fault = api::check(operation, values_)) return problem_of(*fault);
    return std::move(values_);
  }
  std::span<const Parameter> parameters() const { return parameters_; }

 private:
  Outcome put(std::size_t at, api::TypedValue value) {
    if (values_[at].is_there()) return problem_of({Fault::repeated, pointer_to(parameters_[at])});
    values_[at] = std::move(value);
    return std::nullopt;
  }

  std::span<const Parameter> parameters_;
  api::TypedValues values_;
};

Outcome take_path(Values& values, const Route& route) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < values.parameters().size(); ++i) {
    if (values.parameters()[i].place != Place::path) continue;
    const auto text = percent_decoded(route.path_values.at(next++));
    if (!text) return Problem{ErrorCode::web_malformed, "the path"};
    if (auto problem = values.put_text(i, *text)) return problem;
  }
  return std::nullopt;
}

Outcome take_query(Values& values, std::string_view query) {
  const auto pairs = read_query(query);
  if (!pairs) return Problem{ErrorCode::web_malformed, "the query"};
  for (const QueryPair& pair : *pairs) {
    const auto at = values.place_of(Place::query, pair.name);
    if (!at) return fault_at(Fault::unknown, "query", pair.name);
    if (auto problem = values.put_text(*at, pair.value)) return problem;
  }
  return std::nullopt;
}

/// "application/json; charset=utf-8"
bool is_json(std::string_view content_type) {
  const std::string lower = to_lower(content_type);
  const std::string_view media = std::string_view(lower).substr(0, lower.find(';'));
  return media.substr(0, media.find_last_not_of(' ') + 1) == "application/json";
}

Outcome take_body(Values& values, const Written& written) {
  if (written.body.empty()) return std::nullopt;  // whatever is needed is missed later
  if (!is_json(written.content_type)) return Problem{ErrorCode::web_media};
  auto members = read_object(written.body);
  if (!members) return Problem{members.error().code, members.error().detail};
  std::vector<std::string> seen;
  for (JsonMember& member : *members) {
    if (std::ranges::find(seen, member.name) != seen.end())
      return fault_at(Fault::repeated, "body", member.name);
    seen.push_back(member.name);
    const auto at = values.place_of(Place::body, member.name);
    if (!at) return fault_at(Fault::unknown, "body", member.name);
    if (auto problem = values.put_member(*at, std::move(member))) return problem;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = digit_of(text[i + 1]), low = digit_of(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

std::optional<std::vector<QueryPair>> read_query(std::string_view query) {
  std::vector<QueryPair> out;
  while (!query.empty()) {
    if (out.size() == kMostPairs) return std::nullopt;
    const std::size_t end = query.find('&');
    std::string pair(query.substr(0, end));
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    std::ranges::replace(pair, '+', ' ');
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(std::string_view(pair).substr(0, equals));
    auto value = percent_decoded(std::string_view(pair).substr(std::min(equals + 1, pair.size())));
    if (!name || !value) return std::nullopt;
    out.push_back({*std::move(name), *std::move(value)});
  }
  return out;
}

std::variant<api::TypedValues, Problem> read_values(const Route& route, const Written& written) {
  Values values(route.operation);
  if (auto problem = take_path(values, route)) return *std::move(problem);
  if (auto problem = take_query(values, written.query)) return *std::move(problem);
  if (auto problem = take_body(values, written)) return *std::move(problem);
  return values.finish(route.operation);
}

std::variant<api::TypedValues, Problem> read_values(api::OperationId operation,
                                                    std::vector<JsonMember> members) {
  Values values(operation);
  for (JsonMember& member : members) {
    auto at = values.place_of(Place::query, member.name);
    if (!at) at = values.place_of(Place::path, member.name);
    if (!at) return fault_at(Fault::unknown, "body", member.name);
    if (auto problem = values.put_member(*at, std::move(member))) return *std::move(problem);
  }
  return values.finish(operation);
}

}  // namespace gw::web
