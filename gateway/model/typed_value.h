#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/codec.h"
#include "model/layout.h"

namespace gw::model {

/// One value of a question to the box, after its text was read: nothing, octets, a number, yes or no, or
/// several texts. Which of them it has to be, and within which bounds, says the question's contract
/// (gateway/api). It may be a password, so its octets are wiped when it goes.
struct TypedValue {
  enum class Kind : std::uint8_t { absent, text, number, flag, texts };
  static constexpr std::size_t kMostText = 1u << 20, kMostItems = 512;

  Kind kind = Kind::absent;
  std::string text{};
  std::uint64_t number = 0;          ///< of a flag: 1 or 0
  std::vector<std::string> items{};  ///< of texts

  static TypedValue of(std::string text) { return TypedValue(Kind::text, std::move(text), 0); }
  static TypedValue of(std::uint64_t number) { return TypedValue(Kind::number, {}, number); }
  static TypedValue of(bool flag) { return TypedValue(Kind::flag, {}, flag ? 1 : 0); }
  static TypedValue of(std::vector<std::string> items) {
    TypedValue out(Kind::texts, {}, 0);
    out.items = std::move(items);
    return out;
  }

  TypedValue() = default;
  TypedValue(const TypedValue&) = default;
  TypedValue(TypedValue&&) noexcept = default;
  TypedValue& operator=(const TypedValue&) = default;
  TypedValue& operator=(TypedValue&&) noexcept = default;
  ~TypedValue();

  bool is_there() const { return kind != Kind::absent; }
  friend bool operator==(const TypedValue&, const TypedValue&) = default;

 private:
  TypedValue(Kind of, std::string octets, std::uint64_t count)
      : kind(of), text(std::move(octets)), number(count) {}
};
using TypedValues = std::vector<TypedValue>;

template <class Io>
void visit(Io& io, TypedValue& value) {
  using Kind = TypedValue::Kind;
  io.choice(value.kind, Kind::texts);
  if (value.kind == Kind::text) io.text(value.text, TypedValue::kMostText);
  if (value.kind == Kind::number) io.field(value.number);
  if (value.kind == Kind::flag) io.range(value.number, std::uint64_t{0}, std::uint64_t{1});
  if (value.kind == Kind::texts) texts(io, value.items, TypedValue::kMostItems, TypedValue::kMostText);
}

}  // namespace gw::model
