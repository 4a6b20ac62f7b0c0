// What keyd signs for a one-shot and what not, asked by whoever really makes such things (CRT-01, CRT-02).

#include "ca/may_sign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ca/answer.h"
#include "ca/built_in.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

using ipc::compartment::Trade;
using Scheme = model::SignatureScheme;

constexpr Trade kTrades[] = {Trade::found_authority, Trade::certify_terminals, Trade::hold_identity};

/// A key in keyd: it signs what its trade allows, and keeps what it was asked for.
class GuardedKey : public keys::PrivateKey {
 public:
  GuardedKey(keys::PrivateKey& inner, Trade trade, model::CivilSeconds now = kNow)
      : inner_(inner), trade_(trade), now_(now) {}
  keys::Keeping keeping() const override { return inner_.keeping(); }
  const std::vector<std::uint8_t>& public_key() const override { return inner_.public_key(); }
  Result<std::vector<std::uint8_t>> sign(Scheme scheme, Bytes message) override {
    asked.assign(message.begin(), message.end());
    if (!may_sign(trade_, inner_, scheme, message, now_)) return Error{ErrorCode::key_misused};
    return inner_.sign(scheme, message);
  }

  Octets asked;

 private:
  keys::PrivateKey& inner_;
  Trade trade_;
  model::CivilSeconds now_;
};

class MaySignTest : public testing::Test {
 protected:
  Result<Octets> certify(GuardedKey& key, const Order& order, const Profile& profile = terminal_profile(),
                         model::CivilSeconds now = kNow) {
    return issue(public_key("p256 ct"), profile, order, site.certificate.get(), Serial::random(), now, key);
  }
  /// Is it signed if one octet of it is another?
  bool signs_with_a_flip(const Octets& what, std::size_t at) {
    Octets flipped = what;
    flipped[at] ^= 1;
    return may_sign(Trade::certify_terminals, *site.key, Scheme::ecdsa_sha384, flipped, kNow);
  }

  SiteAuthority site;
  GuardedKey certifier{*site.key, Trade::certify_terminals};
};

TEST_F(MaySignTest, the_built_in_profiles_are_those_that_are_written_down) {
  for (const auto& [built_in, name] :
       {std::pair(&terminal_profile(), "terminal"), std::pair(&site_ca_profile(), "site_ca")}) {
    const Profile written = profile_named(name);
    EXPECT_EQ(built_in->role, written.role);
    EXPECT_EQ(built_in->subject, written.subject);
    EXPECT_EQ(built_in->keys, written.keys);
    EXPECT_EQ(built_in->path_length, written.path_length);
    EXPECT_EQ(built_in->usage, written.usage);
    EXPECT_EQ(built_in->purposes, written.purposes);
    EXPECT_EQ(built_in->names, written.names);
    EXPECT_EQ(built_in->has_territory, written.has_territory);
    EXPECT_EQ(built_in->longest, written.longest);
    EXPECT_TRUE(check_profile(*built_in));
  }
}

TEST_F(MaySignTest, a_terminal_s_certificate_is_signed_whole) {
  EXPECT_EQ(refusal(certify(certifier, terminal_order("ct-1"))), "");
  Order shorter = terminal_order("ct-1");
  shorter.life = std::chrono::hours(24);
  EXPECT_EQ(refusal(certify(certifier, shorter)), "");
}

TEST_F(MaySignTest, no_other_certificate_is) {
  const auto refused = [&](const char* profile, const Order& order) {
    GuardedKey key(*site.key, Trade::certify_terminals);
    return refusal(certify(key, order, profile_named(profile)));
  };
  EXPECT_EQ(refused("box_server", hosts_order()), "key.misused");
  EXPECT_EQ(refused("upstream", {.subject = {.organization = "Clinic", .common_name = "box"},
                                 .names = {.uris = {"urn:sekisho:karte:box"}}}),
            "key.misused");
  Profile of_hosts = terminal_profile();
  of_hosts.names = NameForm::hosts;
  Order hosts = hosts_order();
  hosts.names.addresses.clear();
  EXPECT_EQ(refusal(certify(certifier, hosts, of_hosts)), "key.misused");
}

TEST_F(MaySignTest, nor_one_of_another_day) {
  for (const auto apart : {-kDatedWithin - kBackdated - std::chrono::seconds(1),
                           kDatedWithin + kBackdated + std::chrono::seconds(1)}) {
    GuardedKey key(*site.key, Trade::certify_terminals, kNow + apart);
    EXPECT_EQ(refusal(certify(key, terminal_order("ct-1"))), "key.misused") << apart.count();
  }
}

TEST_F(MaySignTest, an_octet_that_is_another_is_noticed_where_it_matters) {
  ASSERT_TRUE(certify(certifier, terminal_order("ct-1")));
  const Octets& what = certifier.asked;
  // From the extensions to the end nothing can be changed: they follow from the names and the key.
  const Octets names = general_names({.uris = {"urn:sekisho:karte:ct-1"}});
  const auto names_at = std::search(what.begin(), what.end(), names.begin(), names.end());
  ASSERT_NE(names_at, what.end());
  const auto after_names = static_cast<std::size_t>(names_at - what.begin()) + names.size();
  // All but the issuer's key identifier, which is the last and whatever the authority's certificate says.
  for (std::size_t at = after_names; at < what.size() - 20; ++at)
    EXPECT_FALSE(signs_with_a_flip(what, at)) << at;
  for (std::size_t at = 0; at < 8; ++at) EXPECT_FALSE(signs_with_a_flip(what, at)) << at;
  Octets longer = what;
  longer.push_back(0);
  EXPECT_FALSE(may_sign(Trade::certify_terminals, *site.key, Scheme::ecdsa_sha384, longer, kNow));
  EXPECT_FALSE(may_sign(Trade::certify_terminals, *site.key, Scheme::ecdsa_sha384,
                        Bytes(what).first(what.size() - 1), kNow));
  EXPECT_FALSE(may_sign(Trade::certify_terminals, *site.key, Scheme::ecdsa_sha256, what, kNow));
}

TEST_F(MaySignTest, lists_and_answers_are_signed_if_they_are_of_today) {
  const auto list = [&](model::CivilSeconds now) {
    GuardedKey key(*site.key, Trade::certify_terminals);
    return refusal(make_list(site.certificate.get(), {7, now, now + kDay}, {}, key));
  };
  EXPECT_EQ(list(kNow), "");
  EXPECT_EQ(list(kNow + kDay), "key.misused");
}

TEST_F(MaySignTest, an_authority_is_founded_for_its_own_key_alone) {
  GuardedKey founder(*site.key, Trade::found_authority);
  EXPECT_EQ(refusal(issue_root(site_ca_profile(), site_order(), Serial::random(), kNow, founder)), "");
  EXPECT_EQ(refusal(make_request({.organization = "Clinic", .common_name = "site"}, {}, founder)), "");
  EXPECT_EQ(refusal(issue(public_key("p256 ct"), terminal_profile(), terminal_order("ct-1"),
                          site.certificate.get(), Serial::random(), kNow, founder)),
            "key.misused");
  const keys::PrivateKeyPtr other = private_key("p384 other");
  EXPECT_FALSE(may_sign(Trade::found_authority, *other, Scheme::ecdsa_sha384, founder.asked, kNow));
}

TEST_F(MaySignTest, an_identity_signs_its_request_and_handshakes_as_a_client) {
  const keys::PrivateKeyPtr key = private_key("p256 ct");
  GuardedKey holder(*key, Trade::hold_identity);
  EXPECT_EQ(refusal(make_request({.common_name = "box"}, {.uris = {"urn:sekisho:karte:box"}}, holder)), "");
  const auto handshake = [&](std::string_view who, Trade trade) {
    Octets message(64, 0x20);
    for (const char c : std::string("TLS 1.3, ") + std::string(who) + " CertificateVerify")
      message.push_back(static_cast<std::uint8_t>(c));
    message.resize(message.size() + 1 + 32);
    return may_sign(trade, *key, Scheme::ecdsa_sha256, message, kNow);
  };
  EXPECT_TRUE(handshake("client", Trade::hold_identity));
  EXPECT_FALSE(handshake("server", Trade::hold_identity));
  EXPECT_FALSE(handshake("client", Trade::certify_terminals));
  EXPECT_FALSE(handshake("client", Trade::found_authority));
}

TEST_F(MaySignTest, what_is_nothing_is_not_signed) {
  for (const Trade trade : kTrades)
    for (const std::string& what :
         {std::string(), std::string("0"), std::string("any text"), std::string(64, ' '),
          std::string("\x30\x03\x02\x01\x00", 5), std::string("\x30\x80\xa0\x00\x00", 5)})
      EXPECT_FALSE(may_sign(trade, *site.key, Scheme::ecdsa_sha384, as_bytes(what), kNow)) << what;
}

}  // namespace
}  // namespace gw::ca
