#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "config/choice.h"
#include "config/value.h"

// The table of schema.def as types: a struct a section, a member a key, and `each_key(visit, section)` which
// calls visit("key", member, presence, help) for each of them in order.

namespace gw::config {

enum class Presence : std::uint8_t { required, optional };

enum class State : std::uint8_t {
  absent,
  broken,  ///< something stands there and was refused; do not complain about it again
  given,
};

/// A value and where it stood.
template <class T>
struct Given {
  T value{};
  Position at{};
  State state = State::absent;

  explicit operator bool() const { return state == State::given; }
  const T& operator*() const { return value; }
  const T* operator->() const { return &value; }
};

template <class T, std::size_t least_items, std::size_t most_items>
struct List {
  static constexpr std::size_t kLeast = least_items;
  static constexpr std::size_t kMost = most_items;
  std::vector<Given<T>> items{};
};

/// `all`, or names.
struct TerminalNames {
  bool all = false;
  List<Name, 1, model::kMaxTerminals> names{};
};

#define GW_SECTION(Section) struct Section {
#define GW_KEY(Form, key, presence, help) Given<Form> key{};
#define GW_LIST(Form, least, most, key, presence, help) Given<List<Form, least, most>> key{};
#define GW_END \
  }            \
  ;
#include "config/schema.def"
#undef GW_SECTION
#undef GW_KEY
#undef GW_LIST
#undef GW_END

#define GW_SECTION(Section) \
  template <class Visit>    \
  void each_key([[maybe_unused]] Visit&& visit, Section& section) {
#define GW_KEY(Form, key, presence, help) \
  visit(std::string_view(#key), section.key, Presence::presence, help);
#define GW_LIST(Form, least, most, key, presence, help) GW_KEY(Form, key, presence, help)
#define GW_END }
#include "config/schema.def"
#undef GW_SECTION
#undef GW_KEY
#undef GW_LIST
#undef GW_END

/// A value knows its form; what does not is a section, a list or TerminalNames.
template <class T>
concept IsValue = requires(const T& value) {
  T::parse(std::string_view{});
  value.node();
};
template <class T>
concept IsList = requires {
  T::kMost;
};

/// A section whose first key alone may stand in the section's place: `profile: HIGH-13`. A list of such may
/// be written as its one item: `anchors: ca.pem`.
template <class Section>
inline constexpr bool kHasShortForm = false;
template <>
inline constexpr bool kHasShortForm<ProfileKeys> = true;
template <>
inline constexpr bool kHasShortForm<AnchorKeys> = true;

template <class L>
inline constexpr bool kMayBeOneItem = false;
template <class T, std::size_t least_items, std::size_t most_items>
inline constexpr bool kMayBeOneItem<List<T, least_items, most_items>> = kHasShortForm<T>;

}  // namespace gw::config
