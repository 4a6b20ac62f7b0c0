#include "tls/server_hello.h"

#include <openssl/ssl.h>

#include <algorithm>

#include "tls/profile.h"

namespace gw::tls {
namespace {

constexpr MessageKind kServerHello{2, "ServerHello", ErrorCode::server_hello_malformed};
constexpr std::uint16_t kSupportedVersionsExtension = 43;
constexpr std::size_t kAlertEnd = 7;  // a record of an alert in clear: header, level, description

Error malformed(const char* what) { return kServerHello.malformed(what); }

/// RFC 8446 4.2.1: there it stands since TLS 1.3.
Result<> read_extensions(Bytes bytes, ServerHello& hello) {
  Cursor extensions(bytes);
  while (!extensions.empty()) {
    const std::size_t type = extensions.number(2);
    const Bytes body = extensions.vector(2);
    if (extensions.faulty()) return malformed("extensions");
    if (type != kSupportedVersionsExtension) continue;
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
  body.take(32);   // random
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

}  // namespace

Result<AnswerRead> read_server_hello(Bytes so_far) {
  if (!so_far.empty() && so_far.front() == kAlertRecord) {
    if (so_far.size() < kAlertEnd) return AnswerRead(NeedMore{});
    return AnswerRead(Refusal{so_far[kAlertEnd - 1]});
  }
  GW_TRY(const auto message, first_message(so_far, kServerHello));
  if (!message) return AnswerRead(NeedMore{});
  GW_TRY(const ServerHello hello, read_body(message->body));
  return AnswerRead(hello);
}

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
