#include "support/hello_bytes.h"

#include <openssl/ssl.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/check.h"
#include "pki/handles.h"
#include "support/elsewhere.h"

namespace gw::tls {
namespace {

constexpr unsigned char kAes256GcmSha384[] = {0x13, 0x02};

int offer_early_session(SSL* ssl, const EVP_MD*, const unsigned char** id, std::size_t* size,
                        SSL_SESSION** session) {
  static constexpr unsigned char kSecret[48] = {1};
  *session = SSL_SESSION_new();
  SSL_SESSION_set1_master_key(*session, kSecret, sizeof kSecret);
  SSL_SESSION_set_cipher(*session, SSL_CIPHER_find(ssl, kAes256GcmSha384));
  SSL_SESSION_set_protocol_version(*session, TLS1_3_VERSION);
  SSL_SESSION_set_max_early_data(*session, 16'384);
  *id = reinterpret_cast<const unsigned char*>("early");
  *size = 5;
  return 1;
}

void put(Octets& out, std::size_t value, unsigned width) {
  while (width-- > 0) out.push_back(static_cast<std::uint8_t>(value >> (8 * width)));
}

/// Behind its length of `width` octets.
void put_vector(Octets& out, const Octets& value, unsigned width) {
  put(out, value.size(), width);
  out.insert(out.end(), value.begin(), value.end());
}

}  // namespace

Octets RealHello::flight() const {
  using Context = std::unique_ptr<SSL_CTX, pki::Freer<SSL_CTX_free>>;
  using Connection = std::unique_ptr<SSL, pki::Freer<SSL_free>>;
  const Context context(SSL_CTX_new_ex(support::elsewhere(), nullptr, TLS_client_method()));
  SSL_CTX_set_min_proto_version(context.get(), min_version);
  SSL_CTX_set_max_proto_version(context.get(), max_version);
  if (!groups.empty())
    GW_CHECK(SSL_CTX_set1_groups_list(context.get(), groups.c_str()) == 1, "the test's groups exist");
  if (early_data) SSL_CTX_set_psk_use_session_callback(context.get(), offer_early_session);
  const Connection ssl(SSL_new(context.get()));
  BIO* const wire = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), wire);
  SSL_set_connect_state(ssl.get());
  if (!server_name.empty()) SSL_set_tlsext_host_name(ssl.get(), server_name.c_str());
  std::size_t written = 0;
  if (early_data)
    SSL_write_early_data(ssl.get(), "early", 5, &written);
  else
    SSL_do_handshake(ssl.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(wire, &data);
  GW_CHECK(size > 0, "a client speaks first");
  return Octets(data, data + size);
}

HandMadeHello& HandMadeHello::with_name(const std::string& name) { return with(0, name_list({{0, name}})); }

HandMadeHello& HandMadeHello::padded_to(std::size_t size) {
  constexpr std::uint16_t kPadding = 21;  // RFC 7685
  constexpr std::size_t kExtensionHeader = 4;
  const std::size_t left = size - message().size() - kExtensionHeader;
  return with(kPadding, Octets(left, 0));
}

Octets HandMadeHello::message() const {
  Octets body{3, 3};
  body.resize(2 + 32, 0x5a);  // random
  put_vector(body, session_id, 1);
  put_vector(body, suites, 2);
  put_vector(body, compression, 1);
  Octets block;
  for (const auto& [type, value] : extensions) {
    put(block, type, 2);
    put_vector(block, value, 2);
  }
  if (has_extensions) put_vector(body, block, 2);
  Octets out{message_type};
  put_vector(out, body, 3);
  return out;
}

Octets HandMadeHello::record() const { return record_of(22, message()); }

Octets name_list(const std::vector<std::pair<std::uint8_t, std::string>>& entries) {
  Octets list;
  for (const auto& [type, name] : entries) {
    list.push_back(type);
    put_vector(list, Octets(name.begin(), name.end()), 2);
  }
  Octets out;
  put_vector(out, list, 2);
  return out;
}

Octets record_of(std::uint8_t type, const Octets& payload) {
  Octets out{type, 3, 1};
  put_vector(out, payload, 2);
  return out;
}

Octets in_records(const Octets& message, std::size_t most) {
  Octets out;
  for (std::size_t from = 0; from < message.size(); from += most) {
    const auto begin = message.begin() + static_cast<std::ptrdiff_t>(from);
    const auto size = static_cast<std::ptrdiff_t>(std::min(most, message.size() - from));
    out = joined(out, record_of(22, Octets(begin, begin + size)));
  }
  return out;
}

Octets joined(const Octets& first, const Octets& second) {
  Octets out = first;
  out.insert(out.end(), second.begin(), second.end());
  return out;
}

}  // namespace gw::tls
