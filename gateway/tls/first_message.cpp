#include "tls/first_message.h"

#include <algorithm>
#include <string>

namespace gw::tls {
namespace {

constexpr std::size_t kRecordHeader = 5;
constexpr std::size_t kMessageHeader = 4;
constexpr std::size_t kMaxRecord = 16'384;  // RFC 8446 5.1

/// Nothing in the record's header speaks against it so far.
Result<> check_record(Bytes stream, const MessageKind& kind) {
  if (stream.size() >= 1 && stream[0] != kHandshakeRecord) return kind.malformed("not a handshake record");
  if (stream.size() >= 2 && stream[1] != 3) return kind.malformed("not a TLS record");
  if (stream.size() < kRecordHeader) return Done{};
  const std::size_t length = static_cast<std::size_t>(stream[3]) << 8 | stream[4];
  if (length == 0 || length > kMaxRecord) return kind.malformed("record length");
  return Done{};
}

/// The message's own length, once its header is there.
Result<std::optional<std::size_t>> announced(Bytes message, const MessageKind& kind) {
  if (!message.empty() && message[0] != kind.type) return kind.malformed(std::string("not a ") + kind.name);
  if (message.size() < kMessageHeader) return std::optional<std::size_t>();
  const std::size_t size =
      static_cast<std::size_t>(message[1]) << 16 | static_cast<std::size_t>(message[2]) << 8 | message[3];
  if (size + kMessageHeader > kMaxHello) return kind.malformed(std::string(kind.name) + " too long");
  return std::optional(size);
}

}  // namespace

Result<std::optional<FirstMessage>> first_message(Bytes stream, const MessageKind& kind) {
  // Every record may hold as little as one byte of the message; nobody honest frames it like that.
  const bool had_enough = stream.size() > kMaxHello + kMaxHello / 4;
  const auto need_more = [&]() -> Result<std::optional<FirstMessage>> {
    if (had_enough) return kind.malformed("more framing than hello");
    return std::optional<FirstMessage>();
  };
  std::vector<std::uint8_t> message;
  while (true) {
    GW_TRY(check_record(stream, kind));
    if (stream.size() < kRecordHeader) return need_more();
    const std::size_t length = static_cast<std::size_t>(stream[3]) << 8 | stream[4];
    const std::size_t here = std::min(length, stream.size() - kRecordHeader);
    const Bytes payload = stream.subspan(kRecordHeader, here);
    message.insert(message.end(), payload.begin(), payload.end());
    GW_TRY(const auto size, announced(message, kind));
    if (size && message.size() >= *size + kMessageHeader) {
      const std::size_t end = *size + kMessageHeader;
      const std::size_t behind = message.size() + (length - here) - end;
      return std::optional(FirstMessage{
          {message.begin() + kMessageHeader, message.begin() + static_cast<std::ptrdiff_t>(end)}, behind});
    }
    if (here < length) return need_more();
    stream = stream.subspan(kRecordHeader + length);
  }
}

}  // namespace gw::tls
