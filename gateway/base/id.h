#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace gw {

/// A number with a meaning. Ids of different tags do not mix, have no arithmetic and do not convert.
template <class Tag, class Number>
class Id {
 public:
  using number_type = Number;
  constexpr Id() = default;
  constexpr explicit Id(Number number) : number_(number) {}
  constexpr Number number() const { return number_; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  Number number_ = 0;
};

}  // namespace gw

template <class Tag, class Number>
struct std::hash<gw::Id<Tag, Number>> {
  std::size_t operator()(gw::Id<Tag, Number> id) const noexcept { return std::hash<Number>{}(id.number()); }
};
