#include "tls/client_hello.h"

#include <utility>

#include "base/text.h"
#include "model/address.h"
#include "tls/first_message.h"

namespace gw::tls {
namespace {

constexpr MessageKind kClientHello{1, "ClientHello", ErrorCode::client_hello_malformed};
constexpr std::uint16_t kServerNameExtension = 0;
constexpr std::uint16_t kEarlyDataExtension = 42;
constexpr std::uint16_t kSupportedVersionsExtension = 43;
constexpr std::uint16_t kEncryptedClientHelloExtension = 0xfe0d;

Error malformed(const char* what) { return kClientHello.malformed(what); }

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

/// RFC 8446 4.2.1. Unknown ones are kept: a terminal may offer what is not there yet (RFC 8701).
Result<std::vector<std::uint16_t>> read_versions(Bytes extension) {
  Cursor outer(extension);
  Cursor list(outer.vector(1));
  std::vector<std::uint16_t> versions;
  while (!list.empty()) versions.push_back(static_cast<std::uint16_t>(list.number(2)));
  if (outer.faulty() || !outer.empty() || list.faulty() || versions.empty())
    return malformed("supported_versions");
  return versions;
}

Result<> read_extensions(Bytes bytes, ClientHello& hello) {
  Cursor extensions(bytes);
  bool named = false, versioned = false;
  while (!extensions.empty()) {
    const std::size_t type = extensions.number(2);
    const Bytes body = extensions.vector(2);
    if (extensions.faulty()) return malformed("extensions");
    if (type == kEarlyDataExtension) hello.offers_early_data = true;
    if (type == kEncryptedClientHelloExtension) hello.is_encrypted = true;
    if (type == kSupportedVersionsExtension) {
      if (std::exchange(versioned, true)) return malformed("two supported_versions extensions");
      GW_TRY(hello.versions, read_versions(body));
    }
    if (type != kServerNameExtension) continue;
    if (named) return malformed("two server_name extensions");  // RFC 8446 4.2
    named = true;
    GW_TRY(hello.server_name, read_server_name(body));
  }
  return Done{};
}

}  // namespace

ClientHelloReader::ClientHelloReader(bool after_retry) : message_(kClientHello, after_retry) {}

Result<HelloRead> ClientHelloReader::go_on(Bytes stream) {
  GW_TRY(const auto message, message_.go_on(stream));
  if (!message) return HelloRead(NeedMore{});
  if (message->behind != 0) return malformed("bytes after the ClientHello");
  // RFC 8446 4.1.2
  Cursor body(message->body);
  const auto legacy_version = static_cast<std::uint16_t>(body.number(2));
  body.take(32);  // random
  const Bytes session_id = body.vector(1);
  const Bytes suites = body.vector(2);
  const Bytes compression = body.vector(1);
  if (body.faulty() || session_id.size() > 32 || suites.empty() || suites.size() % 2 != 0 ||
      compression.empty())
    return malformed("ClientHello fields");
  ClientHello hello;
  Bytes extensions;
  if (!body.empty()) {  // TLS 1.2 allows a hello without extensions
    extensions = body.vector(2);
    if (body.faulty() || !body.empty()) return malformed("extensions");
    GW_TRY(read_extensions(extensions, hello));
  }
  if (hello.versions.empty()) hello.versions = {legacy_version};
  hello.fingerprint = fingerprint_of(suites, extensions, hello.versions);
  return HelloRead(std::move(hello));
}

Result<HelloRead> read_client_hello(Bytes so_far) { return ClientHelloReader().go_on(so_far); }

}  // namespace gw::tls
