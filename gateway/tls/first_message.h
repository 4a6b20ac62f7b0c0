#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::tls {

/// The bytes so far are a good beginning; more are needed.
struct NeedMore {};

/// Bounded cursor over big-endian fields; its fault is sticky.
class Cursor {
 public:
  explicit Cursor(Bytes bytes) : bytes_(bytes) {}
  std::size_t number(std::size_t width) {
    std::size_t value = 0;
    for (const std::uint8_t octet : take(width)) value = value << 8 | octet;
    return value;
  }
  Bytes take(std::size_t size) {
    if (faulty_ || size > bytes_.size()) {
      faulty_ = true;
      bytes_ = {};  // whoever reads until it is empty ends
      return {};
    }
    const Bytes taken = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return taken;
  }
  /// A vector with a length prefix of `width` octets (RFC 8446 3.4).
  Bytes vector(std::size_t width) { return take(number(width)); }
  bool empty() const { return bytes_.empty(); }
  bool faulty() const { return faulty_; }

 private:
  Bytes bytes_;
  bool faulty_ = false;
};

/// A hello of a gigantic size is somebody else's idea of one.
inline constexpr std::size_t kMaxHello = 64 * 1024;
inline constexpr std::uint8_t kHandshakeRecord = 22, kAlertRecord = 21;  // RFC 8446 5.1

/// What is expected at the start of a side's stream.
struct MessageKind {
  std::uint8_t type;
  const char* name;
  ErrorCode fault;

  Error malformed(std::string what) const { return {fault, std::move(what)}; }
};

/// A side's first handshake message.
struct FirstMessage {
  std::vector<std::uint8_t> body{};  ///< without its header
  std::size_t behind = 0;            ///< octets that its last record holds behind it, as far as they came
};

/// Joins it out of its records (RFC 8446 5.1) at the start of a TCP stream. Nothing while bytes are missing;
/// `kind.fault` for anything that is no such thing.
Result<std::optional<FirstMessage>> first_message(Bytes stream, const MessageKind& kind);

}  // namespace gw::tls
