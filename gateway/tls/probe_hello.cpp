#include "tls/probe_hello.h"

#include <openssl/rand.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>

#include "tls/server_hello.h"

namespace gw::tls {
namespace {

using model::Probe;
using Octets = std::vector<std::uint8_t>;

struct SuiteRow {
  std::uint16_t number;
  const char* name;
};
constexpr SuiteRow kSuites[] = {
#define GW_OTHER_SUITE(number, name) {number, name},
#include "tls/other_suites.def"
#undef GW_OTHER_SUITE
};
struct VersionRow {
  std::uint16_t number;
  const char* name;
};
constexpr VersionRow kVersions[] = {{TLS1_2_VERSION, "TLSv1.2"},
                                    {TLS1_1_VERSION, "TLSv1.1"},
                                    {TLS1_VERSION, "TLSv1.0"},
                                    {SSL3_VERSION, "SSLv3"}};

// X25519, P-256, P-384, P-521, ffdhe2048 (RFC 8422 5.1.1, RFC 7919)
constexpr std::uint16_t kGroups[] = {0x001d, 0x0017, 0x0018, 0x0019, 0x0100};
// of ECDSA, RSA-PSS and RSA, SHA-1 at the end (RFC 5246 7.4.1.4.1, RFC 8446 4.2.3)
constexpr std::uint16_t kSignatures[] = {0x0403, 0x0503, 0x0804, 0x0805, 0x0806,
                                         0x0401, 0x0501, 0x0601, 0x0203, 0x0201};
constexpr std::uint8_t kFarewell[] = {kAlertRecord, 3, 1, 0, 2, 1, 0};
constexpr std::size_t kRandom = 32;

void put(Octets& out, std::size_t value, std::size_t width) {
  while (width-- > 0) out.push_back(static_cast<std::uint8_t>(value >> 8 * width));
}
/// With its length in front.
void put_vector(Octets& out, std::size_t width, const Octets& body) {
  put(out, body.size(), width);
  out.insert(out.end(), body.begin(), body.end());
}
Octets numbers(std::span<const std::uint16_t> values) {
  Octets list, out;
  for (const std::uint16_t value : values) put(list, value, 2);
  put_vector(out, 2, list);
  return out;
}
Octets host_name(const std::string& name) {
  Octets entry{0}, out;
  put_vector(entry, 2, Octets(name.begin(), name.end()));
  put_vector(out, 2, entry);
  return out;
}
void put_extension(Octets& out, std::uint16_t type, const Octets& body) {
  put(out, type, 2);
  put_vector(out, 2, body);
}

Octets extensions(const std::string& server_name) {
  Octets out;
  put_extension(out, TLSEXT_TYPE_server_name, host_name(server_name));
  put_extension(out, TLSEXT_TYPE_supported_groups, numbers(kGroups));
  put_extension(out, TLSEXT_TYPE_ec_point_formats, {1, 0});
  put_extension(out, TLSEXT_TYPE_signature_algorithms, numbers(kSignatures));
  put_extension(out, TLSEXT_TYPE_extended_master_secret, {});
  put_extension(out, TLSEXT_TYPE_renegotiate, {0});
  return out;
}

Octets suites() {
  Octets out;
  for (const SuiteRow& row : kSuites) put(out, row.number, 2);
  return out;
}

std::string hex_text(std::uint16_t number) {
  const std::uint8_t octets[] = {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
  return "0x" + to_hex(octets);
}

template <std::size_t size, class Row>
std::string name_of(const Row (&rows)[size], std::uint16_t number) {
  const Row* found = std::ranges::find(rows, number, &Row::number);
  return found == std::end(rows) ? hex_text(number) : found->name;
}

}  // namespace

Octets probe_hello(Probe probe, const std::string& server_name) {
  Octets body, message{SSL3_MT_CLIENT_HELLO}, record{kHandshakeRecord};
  put(body, probe == Probe::older ? TLS1_1_VERSION : TLS1_2_VERSION, 2);
  body.resize(body.size() + kRandom);
  GW_CHECK(RAND_bytes(&body[2], kRandom) == 1, "the library has random octets");
  put_vector(body, 1, {});  // no session
  put_vector(body, 2, suites());
  put_vector(body, 1, {0});  // no compression
  put_vector(body, 2, extensions(server_name));
  put_vector(message, 3, body);
  put(record, TLS1_VERSION, 2);  // RFC 5246 E.1
  put_vector(record, 2, message);
  return record;
}

Bytes probe_farewell() { return kFarewell; }

std::string chosen_text(std::uint16_t version, std::uint16_t suite) {
  return name_of(kVersions, version) + " " + name_of(kSuites, suite);
}

std::optional<model::Probed> answer_in(Bytes stream) {
  using Answer = model::Probed::Answer;
  if (stream.empty()) return std::nullopt;
  const Result<AnswerRead> read = read_server_hello(stream);
  if (!read) return model::Probed{Answer::refused, "its answer is no TLS"};
  if (const auto* refusal = std::get_if<Refusal>(&*read))
    return model::Probed{Answer::refused,
                         std::string("alert: ") + SSL_alert_desc_string_long(refusal->description)};
  if (const auto* hello = std::get_if<ServerHello>(&*read))
    return model::Probed{Answer::agreed, chosen_text(hello->version, hello->suite)};
  return std::nullopt;
}

}  // namespace gw::tls
