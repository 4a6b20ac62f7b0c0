#include "keys/may_sign.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gw::keys {
namespace {

using model::SignatureScheme;
using model::TlsRole;
using Octets = std::vector<std::uint8_t>;

constexpr model::CivilSeconds kNow{1'800'000'000};
constexpr model::KeyUse kBoth{true, true, {}};
constexpr model::KeyUse kException{true, true, kNow + std::chrono::hours(1)};

Octets tls13(const std::string& side, std::size_t hash = 48) {
  Octets out(64, 0x20);
  const std::string context = "TLS 1.3, " + side + " CertificateVerify";
  out.insert(out.end(), context.begin(), context.end());
  out.push_back(0);
  out.insert(out.end(), hash, 0xab);
  return out;
}

Octets server_key_exchange(std::uint8_t curve, std::size_t point) {
  Octets out(64, 0x11);
  for (const std::uint8_t octet : {std::uint8_t{3}, std::uint8_t{0}, curve, static_cast<std::uint8_t>(point)})
    out.push_back(octet);
  out.insert(out.end(), point, 0x04);
  return out;
}

void add_message(Octets& out, std::uint8_t type, std::size_t length = 40) {
  for (const std::size_t octet : {std::size_t{type}, length >> 16, length >> 8 & 0xff, length & 0xff})
    out.push_back(static_cast<std::uint8_t>(octet));
  out.insert(out.end(), length, 0x5a);
}

Octets transcript(const std::vector<int>& types) {
  Octets out;
  for (const int type : types) add_message(out, static_cast<std::uint8_t>(type), type == 11 ? 3'000 : 40);
  return out;
}

bool may(const model::KeyUse& use, TlsRole role, const Octets& message,
         SignatureScheme scheme = SignatureScheme::ecdsa_sha256) {
  return may_sign(use, role, scheme, message, kNow) == Leave::yes;
}

TEST(MaySign, a_tls_1_3_handshake_of_the_keys_own_role) {
  for (const std::size_t hash : {32, 48}) {
    EXPECT_TRUE(may(kBoth, TlsRole::terminal_side, tls13("server", hash)));
    EXPECT_TRUE(may(kBoth, TlsRole::cloud_side, tls13("client", hash)));
  }
}

TEST(MaySign, not_in_the_other_role) {  // a terminal's side key cannot pose as a client, nor the reverse
  EXPECT_FALSE(may(kBoth, TlsRole::terminal_side, tls13("client")));
  EXPECT_FALSE(may(kBoth, TlsRole::cloud_side, tls13("server")));
  constexpr model::KeyUse kServerOnly{true, false, {}}, kClientOnly{false, true, {}};
  EXPECT_FALSE(may(kServerOnly, TlsRole::cloud_side, tls13("client")));
  EXPECT_FALSE(may(kClientOnly, TlsRole::terminal_side, tls13("server")));
}

TEST(MaySign, nothing_that_only_looks_like_one) {
  const Octets good = tls13("server");
  for (std::size_t i = 0; i < good.size() - 48; ++i) {
    Octets changed = good;
    changed[i] ^= 1;
    EXPECT_FALSE(may(kBoth, TlsRole::terminal_side, changed)) << "octet " << i;
  }
  for (std::size_t size = 0; size < good.size(); ++size) {
    const bool sha256 = size == good.size() - 16;  // the end of another good one
    EXPECT_EQ(
        may(kBoth, TlsRole::terminal_side, Octets(good.begin(), good.begin() + static_cast<long>(size))),
        sha256);
  }
  Octets longer = good;
  longer.push_back(0);
  EXPECT_FALSE(may(kBoth, TlsRole::terminal_side, longer));
}

TEST(MaySign, no_certificate_no_record_and_no_empty_text) {
  const std::string texts[] = {"", "a document", std::string("\x30\x82\x01\x0a", 4) + std::string(266, 'c')};
  for (const std::string& text : texts)
    for (const TlsRole role : {TlsRole::terminal_side, TlsRole::cloud_side})
      EXPECT_FALSE(may(kException, role, Octets(text.begin(), text.end()))) << text.substr(0, 10);
}

TEST(MaySign, tls_1_3_never_with_pkcs1) {  // RFC 8446 4.2.3
  for (const auto scheme :
       {SignatureScheme::pkcs1_sha256, SignatureScheme::pkcs1_sha384, SignatureScheme::pkcs1_sha512})
    EXPECT_FALSE(may(kException, TlsRole::terminal_side, tls13("server"), scheme));
  EXPECT_TRUE(may(kBoth, TlsRole::terminal_side, tls13("server"), SignatureScheme::pss_sha512));
}

TEST(MaySign, a_tls_1_2_server_only_while_its_exception_lasts) {
  const std::pair<std::uint8_t, std::size_t> curves[] = {{0x17, 65}, {0x18, 97}, {0x1d, 32}};
  for (const auto& [curve, point] : curves) {
    const Octets message = server_key_exchange(curve, point);
    EXPECT_TRUE(may(kException, TlsRole::terminal_side, message, SignatureScheme::pkcs1_sha256));
    EXPECT_FALSE(may(kBoth, TlsRole::terminal_side, message));
    EXPECT_FALSE(may(kException, TlsRole::cloud_side, message));
    EXPECT_EQ(may_sign(kException, TlsRole::terminal_side, SignatureScheme::ecdsa_sha256, message,
                       kException.tls12_until),
              Leave::ended)
        << "its peer came too late; who asks has done nothing wrong";
  }
}

TEST(MaySign, a_server_key_exchange_is_whole_and_of_a_curve_of_ours) {
  EXPECT_FALSE(may(kException, TlsRole::terminal_side, server_key_exchange(0x17, 64)));
  EXPECT_FALSE(may(kException, TlsRole::terminal_side, server_key_exchange(0x19, 133)));
  Octets longer = server_key_exchange(0x17, 65);
  longer.push_back(0);
  EXPECT_FALSE(may(kException, TlsRole::terminal_side, longer));
}

TEST(MaySign, a_tls_1_2_client_after_a_whole_handshake_so_far) {
  const Octets whole = transcript({1, 2, 11, 12, 13, 14, 11, 16});
  EXPECT_TRUE(may(kException, TlsRole::cloud_side, whole));
  EXPECT_TRUE(may(kException, TlsRole::cloud_side, transcript({1, 2, 11, 22, 12, 13, 14, 11, 16})));
  EXPECT_FALSE(may(kBoth, TlsRole::cloud_side, whole));
  EXPECT_FALSE(may(kException, TlsRole::terminal_side, whole));
}

TEST(MaySign, no_other_order_and_nothing_missing) {
  for (const std::vector<int>& types : std::vector<std::vector<int>>{{1, 2, 11, 12, 13, 14, 16},
                                                                     {2, 1, 11, 12, 13, 14, 11, 16},
                                                                     {1, 2, 11, 12, 14, 11, 16},
                                                                     {1, 2, 11, 12, 13, 14, 11, 16, 20},
                                                                     {1, 1, 2, 11, 12, 13, 14, 11, 16},
                                                                     {1},
                                                                     {16},
                                                                     {1, 2, 11, 12, 13, 14, 11, 16, 0},
                                                                     {}})
    EXPECT_FALSE(may(kException, TlsRole::cloud_side, transcript(types))) << types.size();
  const Octets whole = transcript({1, 2, 11, 12, 13, 14, 11, 16});
  for (std::size_t size = 0; size < whole.size(); size += 7)
    EXPECT_FALSE(
        may(kException, TlsRole::cloud_side, Octets(whole.begin(), whole.begin() + static_cast<long>(size))))
        << size;
}

}  // namespace
}  // namespace gw::keys
