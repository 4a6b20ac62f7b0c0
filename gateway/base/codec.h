#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"

namespace gw {

/// The layout of every message and snapshot is one `visit(io, value)` function, used in both directions:
///
///     template <class Io> void visit(Io& io, DialRequest& m) {
///       io.field(m.service);
///       io.range(m.deadline_ms, 1u, 60'000u);
///     }
///
/// Numbers are big-endian and of their type's width. A `Reader` never trusts a length, an index or an
/// enumerator; its fault is sticky, so a layout is read through and asked once.
class Reader {
 public:
  static constexpr bool kReading = true;
  explicit Reader(Bytes input) : input_(input) {}

  template <class T>
  void field(T& value);
  /// A number that must lie in [low, high].
  template <class T>
  void range(T& value, T low, T high) {
    field(value);
    if (value < low || value > high) fail();
  }
  /// An enumerator up to and including `last`.
  template <class E>
  void choice(E& value, E last) {
    using Number = std::underlying_type_t<E>;
    Number number = 0;
    field(number);
    if (number > static_cast<Number>(last)) return fail();
    value = static_cast<E>(number);
  }
  /// Text of at most `most` bytes, no NUL inside.
  void text(std::string& value, std::size_t most);
  /// Bytes of at most `most`.
  void blob(std::vector<std::uint8_t>& value, std::size_t most);
  /// At most `most` elements, each by its own `visit` or `field`.
  template <class T>
  void list(std::vector<T>& values, std::size_t most);
  /// A value, or nothing.
  template <class T>
  void maybe(std::optional<T>& value);

  void fail() { fault_ = true; }
  bool faulty() const { return fault_; }
  /// No fault and nothing left over: trailing bytes are a fault.
  Result<> finish() const;

 private:
  std::uint64_t number(std::size_t width);
  std::uint32_t count(std::size_t most);
  Bytes take(std::size_t size);

  Bytes input_;
  bool fault_ = false;
};

/// Writes what Reader reads. A value outside its own layout is our mistake and ends the process.
class Writer {
 public:
  static constexpr bool kReading = false;
  Writer() = default;
  /// With room for so much, which then is in one place of memory alone.
  explicit Writer(std::size_t room) { output_.reserve(room); }

  template <class T>
  void field(T& value);
  template <class T>
  void range(T& value, T low, T high) {
    GW_CHECK(!(value < low) && !(value > high), "a message holds a value outside its own layout");
    field(value);
  }
  template <class E>
  void choice(E& value, E) {
    auto number = static_cast<std::underlying_type_t<E>>(value);
    field(number);
  }
  void text(std::string& value, std::size_t most);
  void blob(std::vector<std::uint8_t>& value, std::size_t most);
  template <class T>
  void list(std::vector<T>& values, std::size_t most);
  template <class T>
  void maybe(std::optional<T>& value);
  void fail() { GW_CHECK(false, "a message breaks its own layout"); }

  std::vector<std::uint8_t> take() { return std::move(output_); }

 private:
  void number(std::uint64_t value, std::size_t width);
  void append(Bytes bytes) { output_.insert(output_.end(), bytes.begin(), bytes.end()); }

  std::vector<std::uint8_t> output_;
};

namespace codec_detail {

template <class T>
struct IsId : std::false_type {};
template <class Tag, class N>
struct IsId<Id<Tag, N>> : std::true_type {};
template <class T>
struct IsOctets : std::false_type {};
template <std::size_t N>
struct IsOctets<std::array<std::uint8_t, N>> : std::true_type {};
template <class T>
struct IsDuration : std::false_type {};
template <class R, class P>
struct IsDuration<std::chrono::duration<R, P>> : std::true_type {};

/// What `field` does with a type that is not a plain number.
template <class Io, class T>
bool composite(Io& io, T& value) {
  if constexpr (IsId<T>::value) {
    auto number = value.number();
    io.field(number);
    if constexpr (Io::kReading) value = T(number);
  } else if constexpr (IsOctets<T>::value) {
    for (std::uint8_t& octet : value) io.field(octet);
  } else if constexpr (IsDuration<T>::value) {
    auto ticks = static_cast<std::uint64_t>(value.count());
    io.field(ticks);
    if constexpr (Io::kReading) value = T(static_cast<typename T::rep>(ticks));
  } else if constexpr (std::is_same_v<T, bool>) {
    std::uint8_t octet = value ? 1 : 0;
    io.range(octet, std::uint8_t{0}, std::uint8_t{1});
    if constexpr (Io::kReading) value = octet == 1;
  } else if constexpr (std::is_class_v<T>) {
    visit(io, value);
  } else {
    return false;
  }
  return true;
}

}  // namespace codec_detail

template <class T>
void Reader::field(T& value) {
  if (codec_detail::composite(*this, value)) return;
  if constexpr (std::is_unsigned_v<T> && !std::is_same_v<T, bool>)
    value = static_cast<T>(number(sizeof(T)));
  else
    static_assert(std::is_class_v<T> || std::is_same_v<T, bool>, "use unsigned numbers, choice() or text()");
}

template <class T>
void Writer::field(T& value) {
  if (codec_detail::composite(*this, value)) return;
  if constexpr (std::is_unsigned_v<T> && !std::is_same_v<T, bool>)
    number(value, sizeof(T));
  else
    static_assert(std::is_class_v<T> || std::is_same_v<T, bool>, "use unsigned numbers, choice() or text()");
}

template <class T>
void Reader::list(std::vector<T>& values, std::size_t most) {
  const std::uint32_t size = count(most);
  values.clear();
  for (std::uint32_t i = 0; i < size && !fault_; ++i) field(values.emplace_back());
}

template <class T>
void Writer::list(std::vector<T>& values, std::size_t most) {
  GW_CHECK(values.size() <= most, "a message holds a list longer than its own layout");
  number(values.size(), 4);
  for (T& value : values) field(value);
}

template <class T>
void Reader::maybe(std::optional<T>& value) {
  bool is_there = false;
  field(is_there);
  value.reset();
  if (is_there && !fault_) field(value.emplace());
}

template <class T>
void Writer::maybe(std::optional<T>& value) {
  bool is_there = value.has_value();
  field(is_there);
  if (is_there) field(*value);
}

/// The bytes of a value by its own layout.
template <class T>
std::vector<std::uint8_t> encode(const T& value) {
  Writer writer;
  T copy = value;
  writer.field(copy);
  return writer.take();
}

/// The value, or message.malformed.
template <class T>
Result<T> decode(Bytes bytes) {
  T value{};
  Reader reader(bytes);
  reader.field(value);
  GW_TRY(reader.finish());
  return value;
}

}  // namespace gw
