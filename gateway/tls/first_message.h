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
inline constexpr std::uint8_t kChangeCipherSpecRecord = 20, kAlertRecord = 21,
                              kHandshakeRecord = 22;  // RFC 8446 5.1

/// What is expected at the start of a side's stream. Of static storage.
struct MessageKind {
  std::uint8_t type;
  const char* name;
  ErrorCode fault;

  Error malformed(std::string what) const { return {fault, std::move(what)}; }
};

/// A side's first handshake message.
struct FirstMessage {
  std::vector<std::uint8_t> body{};  ///< without its header
  std::size_t behind = 0;            ///< octets that its last record holds behind it
  std::size_t end = 0;               ///< octets of the stream up to the end of that record
};

/// Joins it out of its records (RFC 8446 5.1), and goes on where it was when more of the stream has come:
/// each octet is looked at once, however it trickles in.
class MessageReader {
 public:
  /// `after_retry`: a change_cipher_spec may come before it, which means nothing (RFC 8446 D.4).
  explicit MessageReader(const MessageKind& kind, bool after_retry = false)
      : kind_(kind), may_be_ccs_(after_retry) {}
  /// `stream` is all of it from its first octet. Nothing while octets are missing; the kind's fault for
  /// anything that is no such thing.
  Result<std::optional<FirstMessage>> go_on(Bytes stream);

 private:
  /// False: more is needed to know what comes next.
  Result<bool> enter_record(Bytes rest);

  const MessageKind& kind_;
  bool may_be_ccs_;
  std::vector<std::uint8_t> message_{};
  std::size_t at_ = 0;    // octets of the stream that were looked at
  std::size_t left_ = 0;  // of the record they end in
};

}  // namespace gw::tls
