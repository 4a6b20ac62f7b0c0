#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::https {

// A server's half of WebSocket (RFC 6455) as values over octets: no extension, texts alone. Nothing here
// knows of sockets.

enum class Opcode : std::uint8_t { more = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// Why a side ends (RFC 6455 7.4.1). From 4000 on they are ours.
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  unacceptable = 1003,
  not_utf8 = 1007,
  policy = 1008,
  too_big = 1009,
  session_ended = 4401
};

/// Sec-WebSocket-Accept; nothing if the key is none (RFC 6455 4.2).
std::optional<std::string> accept_of(std::string_view key);

/// One frame to a client, whole and unmasked (5.1).
std::string frame_of(Opcode opcode, std::string_view payload);
std::string close_frame(CloseCode code, std::string_view reason);

/// What a client has said.
struct Heard {
  enum class Kind : std::uint8_t { text, ping, pong, close };
  Kind kind{};
  std::string payload{};  ///< of a close: its two octets of code, if it has one
};

/// Reads a client's frames, in whatever pieces they come. Holds one message of so many octets at most, and
/// one control frame.
class FrameReader {
 public:
  explicit FrameReader(std::size_t longest_text) : longest_(longest_text) {}

  /// Takes octets from the front until something is whole. Nothing: all of them are taken, and more has to
  /// come. http.malformed: the connection is of no use any more, and verdict() is what to close it with.
  Result<std::optional<Heard>> next(Bytes& octets);
  CloseCode verdict() const { return verdict_; }

 private:
  Error refuse(CloseCode verdict, const char* why);
  std::size_t head_size() const;
  Result<> begin_frame();
  Result<> check_head();
  Result<> check_length(std::uint64_t length);
  void take_payload(Bytes& octets);
  Result<std::optional<Heard>> end_frame();
  Result<Heard> closing() const;
  bool is_control() const { return (head_[0] & 0x08) != 0; }
  bool is_last() const { return (head_[0] & 0x80) != 0; }
  Opcode opcode() const { return static_cast<Opcode>(head_[0] & 0x0f); }

  std::size_t longest_;
  CloseCode verdict_ = CloseCode::protocol_error;
  std::array<std::uint8_t, 14> head_{};
  std::size_t head_taken_ = 0;
  bool is_in_frame_ = false;
  std::uint64_t left_ = 0, taken_ = 0;  // of the frame's payload
  bool is_in_message_ = false;
  std::string message_{}, control_{};
};

}  // namespace gw::https
