#include "tls/client_hello.h"

#include <optional>
#include <vector>

#include "base/text.h"
#include "model/address.h"

namespace gw::tls {
namespace {

constexpr std::size_t kRecordHeader = 5;
constexpr std::size_t kMessageHeader = 4;
constexpr std::uint8_t kHandshakeRecord = 22;
constexpr std::uint8_t kClientHelloMessage = 1;
constexpr std::uint16_t kServerNameExtension = 0;
constexpr std::uint16_t kEarlyDataExtension = 42;

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

Error malformed(const char* what) { return {ErrorCode::client_hello_malformed, what}; }

/// Joins the handshake message out of its records. Nothing while bytes are missing.
Result<std::optional<std::vector<std::uint8_t>>> join_message(Bytes stream) {
  // Every record may hold as little as one byte of the message; nobody honest frames it like that.
  const bool had_enough = stream.size() > kMaxClientHello + kMaxClientHello / 4;
  const auto need_more = [had_enough]() -> Result<std::optional<std::vector<std::uint8_t>>> {
    if (had_enough) return malformed("more framing than hello");
    return std::optional<std::vector<std::uint8_t>>();
  };
  std::vector<std::uint8_t> message;
  while (true) {
    if (stream.size() >= 1 && stream[0] != kHandshakeRecord) return malformed("not a handshake record");
    if (stream.size() >= 2 && stream[1] != 3) return malformed("not a TLS record");
    if (stream.size() < kRecordHeader) return need_more();
    const std::size_t length = static_cast<std::size_t>(stream[3]) << 8 | stream[4];
    if (length == 0 || length > 16'384) return malformed("record length");  // RFC 8446 5.1
    const std::size_t here = std::min(length, stream.size() - kRecordHeader);
    message.insert(message.end(), stream.begin() + kRecordHeader,
                   stream.begin() + static_cast<std::ptrdiff_t>(kRecordHeader + here));
    if (!message.empty() && message[0] != kClientHelloMessage) return malformed("not a ClientHello");
    if (message.size() >= kMessageHeader) {
      const std::size_t size =
          static_cast<std::size_t>(message[1]) << 16 | static_cast<std::size_t>(message[2]) << 8 | message[3];
      if (size + kMessageHeader > kMaxClientHello) return malformed("ClientHello too long");
      if (message.size() + (length - here) > size + kMessageHeader)
        return malformed("bytes after the ClientHello");
      if (message.size() == size + kMessageHeader) return std::optional(std::move(message));
    }
    if (here < length) return need_more();
    stream = stream.subspan(kRecordHeader + length);
  }
}

/// RFC 6066 3: one host_name, a DNS name without trailing dot and never an address.
Result<std::string> read_server_name(Bytes extension) {
  Cursor outer(extension);
  Cursor list(outer.vector(2));
  if (outer.faulty() || !outer.empty()) return malformed("server_name");
  const std::size_t type = list.number(1);
  const std::string name = to_lower(as_text(list.vector(2)));
  const bool is_name = is_host_name(name) && !model::IpAddress::parse(name);
  if (list.faulty() || !list.empty() || type != 0 || !is_name) return malformed("server_name");
  return name;
}

Result<> read_extensions(Bytes bytes, ClientHello& hello) {
  Cursor extensions(bytes);
  bool named = false;
  while (!extensions.empty()) {
    const std::size_t type = extensions.number(2);
    const Bytes body = extensions.vector(2);
    if (extensions.faulty()) return malformed("extensions");
    if (type == kEarlyDataExtension) hello.offers_early_data = true;
    if (type != kServerNameExtension) continue;
    if (named) return malformed("two server_name extensions");  // RFC 8446 4.2
    named = true;
    GW_TRY(hello.server_name, read_server_name(body));
  }
  return Done{};
}

}  // namespace

Result<HelloRead> read_client_hello(Bytes so_far) {
  GW_TRY(const auto message, join_message(so_far));
  if (!message) return HelloRead(NeedMore{});
  // RFC 8446 4.1.2
  Cursor body(Bytes(*message).subspan(kMessageHeader));
  body.take(2 + 32);  // legacy_version, random
  const Bytes session_id = body.vector(1);
  const Bytes suites = body.vector(2);
  const Bytes compression = body.vector(1);
  if (body.faulty() || session_id.size() > 32 || suites.empty() || suites.size() % 2 != 0 ||
      compression.empty())
    return malformed("ClientHello fields");
  ClientHello hello;
  if (!body.empty()) {  // TLS 1.2 allows a hello without extensions
    const Bytes extensions = body.vector(2);
    if (body.faulty() || !body.empty()) return malformed("extensions");
    GW_TRY(read_extensions(extensions, hello));
  }
  return HelloRead(std::move(hello));
}

}  // namespace gw::tls
