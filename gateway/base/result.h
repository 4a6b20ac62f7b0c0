#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/error.h"

namespace gw {

/// Nothing, as a value: what a Result holds when success says it all.
struct Done {};

/// A value or an Error; ignoring it does not compile. Reading the side that is not there ends the process.
template <class T = Done>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }

  T& operator*() & { return value(); }
  const T& operator*() const& { return const_cast<Result*>(this)->value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &const_cast<Result*>(this)->value(); }

  const Error& error() const& {
    GW_CHECK(state_.index() == 1, "asked a success for its error");
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    GW_CHECK(state_.index() == 1, "asked a success for its error");
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  T& value() {
    GW_CHECK(state_.index() == 0, "asked a failure for its value");
    return *std::get_if<0>(&state_);
  }

  std::variant<T, Error> state_;
};

}  // namespace gw

#define GW_CONCAT_INNER(a, b) a##b
#define GW_CONCAT(a, b) GW_CONCAT_INNER(a, b)

/// GW_TRY(expression) returns the error to the caller, or goes on.
/// GW_TRY(target, expression) also stores the value: GW_TRY(auto fd, open_it()).
#define GW_TRY_ONE(expression) GW_TRY_TEST(GW_CONCAT(gw_try_, __LINE__), expression)
#define GW_TRY_TEST(name, expression) \
  if (auto name = (expression); !name) return std::move(name).error()
#define GW_TRY_TWO(target, expression) GW_TRY_STORE(GW_CONCAT(gw_try_, __LINE__), target, expression)
#define GW_TRY_STORE(name, target, expression) \
  auto name = (expression);                    \
  if (!name) return std::move(name).error();   \
  target = *std::move(name)
#define GW_TRY_PICK(one, two, pick, ...) pick
#define GW_TRY(...) GW_TRY_PICK(__VA_ARGS__, GW_TRY_TWO, GW_TRY_ONE, )(__VA_ARGS__)
