#include "tls/server_hello.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <utility>

#include "tls/profile.h"

namespace gw::tls {
namespace {

constexpr MessageKind kServerHello{2, "ServerHello", ErrorCode::server_hello_malformed};
constexpr std::uint16_t kSupportedVersionsExtension = 43;
constexpr std::uint8_t kFatal = 2;  // RFC 8446 6
/// RFC 8446 4.1.3: the random of a HelloRetryRequest.
constexpr std::uint8_t kRetryRandom[] = {0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c,
                                         0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb,
                                         0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c};

Error malformed(const char* what) { return kServerHello.malformed(what); }

/// RFC 8446 4.2.1: there it stands since TLS 1.3.
Result<> read_extensions(Bytes bytes, ServerHello& hello) {
  Cursor extensions(bytes);
  bool versioned = false;
  while (!extensions.empty()) {
    const std::size_t type = extensions.number(2);
    const Bytes body = extensions.vector(2);
    if (extensions.faulty()) return malformed("extensions");
    if (type != kSupportedVersionsExtension) continue;
    if (std::exchange(versioned, true))
      return malformed("two supported_versions extensions");  // RFC 8446 4.2
    Cursor version(body);
    hello.version = static_cast<std::uint16_t>(version.number(2));
    if (version.faulty() || !version.empty()) return malformed("supported_versions");
  }
  return Done{};
}

Result<ServerHello> read_body(Bytes message) {
  Cursor body(message);
  ServerHello hello;
  hello.version = static_cast<std::uint16_t>(body.number(2));
  hello.is_retry = std::ranges::equal(body.take(32), kRetryRandom);
  body.vector(1);  // session id
  hello.suite = static_cast<std::uint16_t>(body.number(2));
  body.take(1);  // compression
  if (body.faulty()) return malformed("ServerHello fields");
  if (body.empty()) return hello;
  const Bytes extensions = body.vector(2);
  if (body.faulty() || !body.empty()) return malformed("extensions");
  GW_TRY(read_extensions(extensions, hello));
  return hello;
}

/// One record with one fatal alert in clear. A warning is no answer: older clients pass over it and read on.
Result<AnswerRead> read_alert(Bytes stream) {
  constexpr int kAny = -1;
  constexpr int kForm[Refusal::kEnd] = {kAlertRecord, 3, kAny, 0, 2, kFatal, kAny};
  for (std::size_t i = 0; i < std::min(stream.size(), std::size(kForm)); ++i)
    if (kForm[i] != kAny && kForm[i] != stream[i]) return malformed("an alert that is not fatal, or none");
  if (stream.size() < Refusal::kEnd) return AnswerRead(NeedMore{});
  return AnswerRead(Refusal{stream[Refusal::kEnd - 1]});
}

}  // namespace

ServerHelloReader::ServerHelloReader(bool after_retry) : message_(kServerHello, after_retry) {}

Result<AnswerRead> ServerHelloReader::go_on(Bytes stream) {
  if (!stream.empty() && stream.front() == kAlertRecord) return read_alert(stream);
  GW_TRY(const auto message, message_.go_on(stream));
  if (!message) return AnswerRead(NeedMore{});
  GW_TRY(ServerHello hello, read_body(message->body));
  hello.behind = message->behind;
  hello.end = message->end;
  return AnswerRead(hello);
}

Result<AnswerRead> read_server_hello(Bytes so_far) { return ServerHelloReader().go_on(so_far); }

bool offers_version_of(model::ProfileName profile, const std::vector<std::uint16_t>& versions) {
  return std::ranges::any_of(versions, [&](std::uint16_t version) { return has_version(profile, version); });
}

std::optional<std::string> agreed_words(model::ProfileName profile, const ServerHello& hello) {
  if (!has_version(profile, hello.version)) return std::nullopt;
  const std::string version = hello.version == TLS1_3_VERSION ? "TLSv1.3" : "TLSv1.2";
  for (const Suite& suite : suites_of(profile))
    if (suite.number == hello.suite && suite.version == version) return version + " " + suite.name;
  return std::nullopt;
}

}  // namespace gw::tls
