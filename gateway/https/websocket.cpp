#include "https/websocket.h"

#include <algorithm>

#include "base/text.h"

namespace gw::https {
namespace {

constexpr std::size_t kLongestControl = 125;  // RFC 6455 5.5
constexpr std::uint8_t kMasked = 0x80, kShort = 0x7f, kTwoOctets = 126, kEightOctets = 127;

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

void append_number(std::string& out, std::uint64_t number, int octets) {
  for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8)
    out.push_back(static_cast<char>(number >> shift));
}

/// RFC 6455 7.4: those that may stand in a frame.
bool may_be_said(unsigned code) {
  const bool is_known = code >= 1000 && code <= 1011 && code != 1004 && code != 1005 && code != 1006;
  return is_known || (code >= 3000 && code <= 4999);
}

}  // namespace

std::string frame_of(Opcode opcode, std::string_view payload) {
  std::string out;
  out.push_back(static_cast<char>(0x80 | static_cast<unsigned>(opcode)));
  if (payload.size() < kTwoOctets) {
    out.push_back(static_cast<char>(payload.size()));
  } else {
    const bool is_short = payload.size() <= UINT16_MAX;
    out.push_back(static_cast<char>(is_short ? kTwoOctets : kEightOctets));
    append_number(out, payload.size(), is_short ? 2 : 8);
  }
  return out.append(payload);
}

std::string close_frame(CloseCode code, std::string_view reason) {
  std::string payload;
  append_number(payload, static_cast<std::uint16_t>(code), 2);
  return frame_of(Opcode::close, payload.append(reason.substr(0, kLongestControl - 2)));
}

Error FrameReader::refuse(CloseCode verdict, const char* why) {
  verdict_ = verdict;
  return {ErrorCode::http_malformed, why};
}

Result<std::optional<Heard>> FrameReader::next(Bytes& octets) {
  while (is_in_frame_ || !octets.empty()) {
    if (!is_in_frame_) {
      head_[head_taken_++] = octets.front();
      octets = octets.subspan(1);
      if (head_taken_ == 2) GW_TRY(check_head());
      if (head_taken_ < 2 || head_taken_ < head_size()) continue;
      GW_TRY(begin_frame());
    }
    take_payload(octets);
    if (left_ > 0) return std::optional<Heard>();
    GW_TRY(auto heard, end_frame());
    if (heard) return heard;
  }
  return std::optional<Heard>();
}

/// With the client's mask.
std::size_t FrameReader::head_size() const {
  const std::uint8_t length = head_[1] & kShort;
  return 2u + (length == kTwoOctets ? 2u : length == kEightOctets ? 8u : 0u) + 4u;
}

/// What its first two octets tell.
Result<> FrameReader::check_head() {
  if ((head_[0] & 0x70) != 0) return refuse(CloseCode::protocol_error, "no extension was agreed on");
  if ((head_[1] & kMasked) == 0) return refuse(CloseCode::protocol_error, "a client masks its frames");
  const Opcode code = opcode();
  if (is_control()) {
    const bool is_known = code == Opcode::close || code == Opcode::ping || code == Opcode::pong;
    if (!is_known || !is_last() || (head_[1] & kShort) > kLongestControl)
      return refuse(CloseCode::protocol_error, "no such control frame");
    return Done{};
  }
  if (code == Opcode::binary) return refuse(CloseCode::unacceptable, "texts alone");
  if (code != (is_in_message_ ? Opcode::more : Opcode::text))
    return refuse(CloseCode::protocol_error, "out of order");
  return Done{};
}

Result<> FrameReader::begin_frame() {
  std::uint64_t length = head_[1] & kShort;
  const std::size_t from = 2, until = head_taken_ - 4;
  if (until > from) length = 0;
  for (std::size_t at = from; at < until; ++at) length = length << 8 | head_[at];
  GW_TRY(check_length(length));
  left_ = length;
  taken_ = 0;
  is_in_frame_ = true;
  if (is_control()) control_.clear();
  return Done{};
}

/// RFC 6455 5.2: in as few octets as it takes.
Result<> FrameReader::check_length(std::uint64_t length) {
  const std::uint8_t form = head_[1] & kShort;
  const bool is_roundabout = (form == kTwoOctets && length < kTwoOctets) ||
                             (form == kEightOctets && length <= UINT16_MAX) || length >> 63 != 0;
  if (is_roundabout) return refuse(CloseCode::protocol_error, "its length is written otherwise");
  if (!is_control() && length > longest_ - message_.size())
    return refuse(CloseCode::too_big, "the text is too long");
  return Done{};
}

void FrameReader::take_payload(Bytes& octets) {
  const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, octets.size()));
  const std::uint8_t* mask = head_.data() + head_taken_ - 4;
  std::string& into = is_control() ? control_ : message_;
  for (const std::uint8_t octet : octets.first(size))
    into.push_back(static_cast<char>(octet ^ mask[taken_++ % 4]));
  octets = octets.subspan(size);
  left_ -= size;
}

/// Nothing: more of the message follows.
Result<std::optional<Heard>> FrameReader::end_frame() {
  is_in_frame_ = false;
  head_taken_ = 0;
  if (opcode() == Opcode::close) {
    GW_TRY(Heard heard, closing());
    return std::optional(std::move(heard));
  }
  if (is_control()) {
    const auto kind = opcode() == Opcode::ping ? Heard::Kind::ping : Heard::Kind::pong;
    return std::optional(Heard{kind, std::move(control_)});
  }
  is_in_message_ = !is_last();
  if (is_in_message_) return std::optional<Heard>();
  if (!is_utf8(message_)) return refuse(CloseCode::not_utf8, "the text is no UTF-8");
  return std::optional(Heard{Heard::Kind::text, std::exchange(message_, {})});
}

/// RFC 6455 5.5.1.
Result<Heard> FrameReader::closing() const {
  if (control_.empty()) return Heard{Heard::Kind::close, {}};
  const auto octet = [this](std::size_t at) { return static_cast<std::uint8_t>(control_[at]); };
  if (control_.size() < 2 || !may_be_said(octet(0) * 256u + octet(1)))
    return Error{ErrorCode::http_malformed, "no such code to close with"};
  if (!is_utf8(std::string_view(control_).substr(2)))
    return Error{ErrorCode::http_malformed, "the reason is no UTF-8"};
  return Heard{Heard::Kind::close, control_.substr(0, 2)};
}

}  // namespace gw::https
