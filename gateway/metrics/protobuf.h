#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace gw::metrics {

/// A message in the encoding of Protocol Buffers, as far as figures need it. Two messages of a type one
/// behind the other are one with the lists of both.
class ProtobufWriter {
 public:
  ProtobufWriter& text(std::uint32_t field, std::string_view value);
  ProtobufWriter& message(std::uint32_t field, const ProtobufWriter& value);
  /// int64 that is not negative.
  ProtobufWriter& number(std::uint32_t field, std::uint64_t value);
  /// double.
  ProtobufWriter& real(std::uint32_t field, double value);

  const std::string& octets() const { return out_; }

 private:
  enum class Wire : std::uint8_t { varint = 0, fixed64 = 1, sized = 2 };
  void key(std::uint32_t field, Wire wire);
  void varint(std::uint64_t value);

  std::string out_{};
};

}  // namespace gw::metrics
