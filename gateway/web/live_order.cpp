#include "web/live_order.h"

#include <algorithm>
#include <optional>

#include "web/flat_object.h"

namespace gw::web {
namespace {

using Kind = model::TypedValue::Kind;

constexpr std::string_view kValues = "values";

/// Where the text behind a quotation mark at `at` ends: at the next one that no backslash stands before.
std::size_t end_of_text(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at)
    if (json[at] == '\\') ++at;
  return std::min(at, json.size());
}

/// The object that the member is, as it is written; `json` is one that was read already. Nothing: it is none.
std::optional<std::string_view> object_in(std::string_view json, std::string_view member) {
  std::size_t depth = 0, from = 0;
  bool is_next = false;  // what follows is the member's value
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (c == '"') {
      const std::size_t end = end_of_text(json, at);
      is_next = depth == 1 && json.substr(at + 1, end - at - 1) == member;
      at = end;
    } else if (c == '{' || c == '[') {
      if (++depth == 2 && is_next && c == '{') from = at;
    } else if (c == '}' || c == ']') {
      if (--depth == 1 && from != 0) return json.substr(from, at + 1 - from);
    } else if (c == ',') {
      is_next = false;
    }
  }
  return std::nullopt;
}

Problem at_fault(api::Fault fault, std::string_view name) {
  return problem_of({fault, "/body/" + std::string(name)});
}

/// Members of the order, each once.
class Order {
 public:
  static std::variant<Order, Problem> read(std::string_view json) {
    auto members = read_object(json);
    if (!members) return Problem{members.error().code, members.error().detail};
    Order order;
    for (JsonMember& member : *members) {
      Order::Place* place = order.place(member.name);
      if (!place) return at_fault(api::Fault::unknown, "?");
      if (*place) return at_fault(api::Fault::repeated, member.name);
      place->emplace(std::move(member));
    }
    return order;
  }
  bool has_values() const { return values_.has_value(); }
  const JsonMember* watch() const { return watch_ ? &*watch_ : nullptr; }
  const JsonMember* unwatch() const { return unwatch_ ? &*unwatch_ : nullptr; }
  const JsonMember* every() const { return every_ ? &*every_ : nullptr; }

 private:
  using Place = std::optional<JsonMember>;
  Place* place(std::string_view name) {
    const std::pair<std::string_view, Place*> places[] = {
        {"watch", &watch_}, {"unwatch", &unwatch_}, {"every", &every_}, {kValues, &values_}};
    const auto* found = std::ranges::find(places, name, &std::pair<std::string_view, Place*>::first);
    return found == std::end(places) ? nullptr : found->second;
  }
  Place watch_, unwatch_, every_, values_;
};

std::variant<std::uint64_t, Problem> number_in(const JsonMember& member, std::uint64_t low,
                                               std::uint64_t high) {
  const bool is_number = member.shape == JsonMember::Shape::plain && member.value.kind == Kind::number;
  if (!is_number) return at_fault(api::Fault::wrong_type, member.name);
  if (member.value.number < low || member.value.number > high)
    return at_fault(api::Fault::out_of_range, member.name);
  return member.value.number;
}

LiveOrder unwatched(const JsonMember& member) {
  const auto number = number_in(member, 1, UINT32_MAX);
  if (const auto* problem = std::get_if<Problem>(&number)) return *problem;
  return UnwatchOrder{std::get<std::uint64_t>(number)};
}

const api::Operation* operation_of(const JsonMember& member) {
  const auto found = std::ranges::find(api::operations(), member.value.text, &api::Operation::name);
  return found == api::operations().end() || !api::may_be_watched(*found) ? nullptr : &*found;
}

std::variant<std::vector<JsonMember>, Problem> members_in(const Order& order, std::string_view json) {
  if (!order.has_values()) return std::vector<JsonMember>();
  const auto object = object_in(json, kValues);
  if (!object) return at_fault(api::Fault::wrong_type, kValues);
  auto members = read_object(*object);
  if (!members) return Problem{members.error().code, members.error().detail};
  return *std::move(members);
}

}  // namespace

LiveOrder read_order(std::string_view json) {
  auto read = Order::read(json);
  if (const auto* problem = std::get_if<Problem>(&read)) return *problem;
  const Order& order = std::get<Order>(read);
  if (order.unwatch() && !order.watch()) return unwatched(*order.unwatch());
  if (!order.watch()) return at_fault(api::Fault::missing, "watch");
  const api::Operation* row = operation_of(*order.watch());
  if (!row) return Problem{ErrorCode::web_not_live, {}, "/body/watch"};
  WatchOrder out{row->id, {}};
  if (order.every()) {
    const auto every =
        number_in(*order.every(), WatchOrder::kMostOften.count(), WatchOrder::kLeastOften.count());
    if (const auto* problem = std::get_if<Problem>(&every)) return *problem;
    out.every = std::chrono::seconds(std::get<std::uint64_t>(every));
  }
  auto members = members_in(order, json);
  if (const auto* problem = std::get_if<Problem>(&members)) return *problem;
  auto values = read_values(row->id, std::get<std::vector<JsonMember>>(std::move(members)));
  if (const auto* problem = std::get_if<Problem>(&values)) return *problem;
  out.values = std::get<api::TypedValues>(std::move(values));
  return out;
}

}  // namespace gw::web
