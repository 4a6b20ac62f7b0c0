#include "tls/first_message.h"

#include <algorithm>
#include <string>

namespace gw::tls {
namespace {

constexpr std::size_t kRecordHeader = 5;
constexpr std::size_t kMessageHeader = 4;
constexpr std::size_t kMaxRecord = 16'384;  // RFC 8446 5.1
// Every record may hold as little as one octet of the message; nobody honest frames it like that.
constexpr std::size_t kMostStream = kMaxHello + kMaxHello / 4;

std::size_t length_in(Bytes header) { return static_cast<std::size_t>(header[3]) << 8 | header[4]; }

/// The message's own length, once its header is there.
Result<std::optional<std::size_t>> announced(Bytes message, const MessageKind& kind) {
  if (!message.empty() && message[0] != kind.type) return kind.malformed(std::string("not a ") + kind.name);
  if (message.size() < kMessageHeader) return std::optional<std::size_t>();
  const std::size_t size =
      static_cast<std::size_t>(message[1]) << 16 | static_cast<std::size_t>(message[2]) << 8 | message[3];
  if (size + kMessageHeader > kMaxHello) return kind.malformed(std::string(kind.name) + " too long");
  return std::optional(size + kMessageHeader);
}

}  // namespace

Result<bool> MessageReader::enter_record(Bytes rest) {
  if (rest.empty()) return false;
  const bool is_ccs = may_be_ccs_ && rest[0] == kChangeCipherSpecRecord;
  if (!is_ccs && rest[0] != kHandshakeRecord) return kind_.malformed("not a handshake record");
  if (rest.size() >= 2 && rest[1] != 3) return kind_.malformed("not a TLS record");
  if (rest.size() < kRecordHeader) return false;
  const std::size_t length = length_in(rest);
  if (length == 0 || length > kMaxRecord || (is_ccs && length != 1)) return kind_.malformed("record length");
  if (!is_ccs) {
    may_be_ccs_ = false;
    at_ += kRecordHeader;
    left_ = length;
    return true;
  }
  if (rest.size() == kRecordHeader) return false;
  may_be_ccs_ = false;
  at_ += kRecordHeader + 1;
  return enter_record(rest.subspan(kRecordHeader + 1));
}

Result<std::optional<FirstMessage>> MessageReader::go_on(Bytes stream) {
  for (;;) {
    bool goes_on = left_ != 0;
    if (!goes_on) {
      GW_TRY(goes_on, enter_record(stream.subspan(at_)));
    }
    if (!goes_on) break;
    const Bytes here = stream.subspan(at_, std::min(left_, stream.size() - at_));
    message_.insert(message_.end(), here.begin(), here.end());
    at_ += here.size();
    left_ -= here.size();
    GW_TRY(const auto end, announced(message_, kind_));
    if (end && message_.size() >= *end)
      return std::optional(FirstMessage{
          {message_.begin() + kMessageHeader, message_.begin() + static_cast<std::ptrdiff_t>(*end)},
          message_.size() + left_ - *end,
          at_ + left_});
    if (left_ != 0) break;
  }
  if (stream.size() > kMostStream) return kind_.malformed("more framing than hello");
  return std::optional<FirstMessage>();
}

}  // namespace gw::tls
