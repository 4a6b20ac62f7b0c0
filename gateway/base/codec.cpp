#include "base/codec.h"

namespace gw {

Bytes Reader::take(std::size_t size) {
  if (fault_ || size > input_.size()) {
    fault_ = true;
    return {};
  }
  const Bytes taken = input_.first(size);
  input_ = input_.subspan(size);
  return taken;
}

std::uint64_t Reader::number(std::size_t width) {
  std::uint64_t value = 0;
  for (const std::uint8_t octet : take(width)) value = value << 8 | octet;
  return value;
}

std::uint32_t Reader::count(std::size_t most) {
  const auto size = static_cast<std::uint32_t>(number(4));
  // Every element takes at least one byte, so a larger count than bytes left cannot be honest.
  if (size > most || size > input_.size()) fail();
  return fault_ ? 0 : size;
}

void Reader::text(std::string& value, std::size_t most) {
  const Bytes bytes = take(count(most));
  value = as_text(bytes);
  if (value.find('\0') != std::string::npos) fail();
}

void Reader::blob(std::vector<std::uint8_t>& value, std::size_t most) {
  const Bytes bytes = take(count(most));
  value.assign(bytes.begin(), bytes.end());
}

Result<> Reader::finish() const {
  if (fault_) return Error{ErrorCode::message_malformed, "a field is out of its bounds"};
  if (!input_.empty()) return Error{ErrorCode::message_malformed, "bytes after the last field"};
  return Done{};
}

void Writer::number(std::uint64_t value, std::size_t width) {
  for (std::size_t i = width; i-- > 0;) output_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void Writer::text(std::string& value, std::size_t most) {
  GW_CHECK(value.size() <= most, "a message holds a text longer than its own layout");
  GW_CHECK(value.find('\0') == std::string::npos, "a message holds a NUL in a text");
  number(value.size(), 4);
  append(as_bytes(value));
}

void Writer::blob(std::vector<std::uint8_t>& value, std::size_t most) {
  GW_CHECK(value.size() <= most, "a message holds bytes longer than its own layout");
  number(value.size(), 4);
  append(value);
}

}  // namespace gw
