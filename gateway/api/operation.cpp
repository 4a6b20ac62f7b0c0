#include "api/operation.h"

#include <algorithm>
#include <iterator>

namespace gw::api {
namespace {

using enum Method;
using enum Place;
using enum Type;
using enum Need;
using enum Repeats;
using AccountOperation = accounts::Operation;

constexpr Access anyone{};
constexpr Access session{Access::Kind::session};
constexpr Access either_of(AccountOperation one, AccountOperation other) {
  return {Access::Kind::right, one, other};
}
#define right(one) either_of(AccountOperation::one, AccountOperation::one)
#define either(one, two) either_of(AccountOperation::one, AccountOperation::two)

// clang-format off
constexpr Operation kRows[] = {
#define GW_API(name, id, method, path, access, answer, status, repeats, summary) \
  {OperationId::name, id, method, path, access, AnswerId::answer, status, repeats, summary},
#define GW_API_TAKES(operation, name, place, type, low, high, need)
#include "api/operations.def"
#undef GW_API
#undef GW_API_TAKES
};
constexpr Parameter kParameters[] = {
#define GW_API(name, id, method, path, access, answer, status, repeats, summary)
#define GW_API_TAKES(operation, name, place, type, low, high, need) \
  {OperationId::operation, name, place, type, low, high, need},
#include "api/operations.def"
#undef GW_API
#undef GW_API_TAKES
};
// clang-format on
#undef right
#undef either
static_assert(std::ranges::is_sorted(kParameters, {}, &Parameter::operation),
              "a parameter stands behind its operation");

constexpr std::string_view kMethods[] = {"GET", "POST", "PUT", "DELETE"};

}  // namespace

bool Access::lets(accounts::Role role) const {
  return kind != Kind::right || accounts::may(role, right) || accounts::may(role, other);
}

bool may_be_watched(const Operation& row) {
  return row.method == Method::GET && row.access.kind != Access::Kind::anyone &&
         row.answer != AnswerId::Octets;
}

const Operation& operation(OperationId id) { return kRows[static_cast<std::size_t>(id)]; }
std::span<const Operation> operations() { return kRows; }

std::span<const Parameter> parameters_of(OperationId id) {
  const auto found = std::ranges::equal_range(kParameters, id, {}, &Parameter::operation);
  return {found.begin(), found.end()};
}

bool takes_documents(OperationId id) {
  return std::ranges::any_of(parameters_of(id), [](const Parameter& parameter) {
    return parameter.type == document || parameter.type == files;
  });
}

std::optional<OperationId> parse_operation(std::uint16_t number) {
  return number < kOperations ? std::optional(static_cast<OperationId>(number)) : std::nullopt;
}

std::string_view to_string(Method method) { return kMethods[static_cast<std::size_t>(method)]; }

std::optional<Method> parse_method(std::string_view text) {
  const auto* found = std::ranges::find(kMethods, text);
  if (found == std::end(kMethods)) return std::nullopt;
  return static_cast<Method>(found - std::begin(kMethods));
}

}  // namespace gw::api
