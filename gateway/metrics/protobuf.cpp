#include "metrics/protobuf.h"

#include <bit>

namespace gw::metrics {

void ProtobufWriter::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
  out_ += static_cast<char>(value);
}

void ProtobufWriter::key(std::uint32_t field, Wire wire) {
  varint(std::uint64_t{field} << 3 | static_cast<std::uint8_t>(wire));
}

ProtobufWriter& ProtobufWriter::text(std::uint32_t field, std::string_view value) {
  key(field, Wire::sized);
  varint(value.size());
  out_ += value;
  return *this;
}

ProtobufWriter& ProtobufWriter::message(std::uint32_t field, const ProtobufWriter& value) {
  return text(field, value.out_);
}

ProtobufWriter& ProtobufWriter::number(std::uint32_t field, std::uint64_t value) {
  key(field, Wire::varint);
  varint(value);
  return *this;
}

ProtobufWriter& ProtobufWriter::real(std::uint32_t field, double value) {
  key(field, Wire::fixed64);
  const auto bits = std::bit_cast<std::uint64_t>(value);
  for (int shift = 0; shift < 64; shift += 8) out_ += static_cast<char>(bits >> shift);  // the lowest first
  return *this;
}

}  // namespace gw::metrics
