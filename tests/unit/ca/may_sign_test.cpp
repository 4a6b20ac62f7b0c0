// What keyd signs for a one-shot and what not, asked by whoever really makes such things (CRT-01, CRT-02).

#include "ca/may_sign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ocsp.h>

#include "backup/seal.h"
#include "ca/answer.h"
#include "ca/built_in.h"
#include "model/checkpoint.h"
#include "model/evidence_seal.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

using ipc::compartment::Trade;
using Scheme = model::SignatureScheme;

using ipc::compartment::KeyWork;

const KeyWork kFound{Trade::found_authority, {}, {}}, kCertify{Trade::certify_terminal, "karte", "ct-1"},
    kLists{Trade::keep_lists, {}, {}}, kHold{Trade::hold_identity, "karte", {}},
    kRecords{Trade::sign_records, {}, {}};

/// A key in keyd: it signs what its trade allows, and keeps what it was asked for.
class GuardedKey : public keys::PrivateKey {
 public:
  GuardedKey(keys::PrivateKey& inner, KeyWork trade, model::CivilSeconds now = kNow)
      : inner_(inner), trade_(std::move(trade)), now_(now) {}
  keys::Keeping keeping() const override { return inner_.keeping(); }
  const std::vector<std::uint8_t>& public_key() const override { return inner_.public_key(); }
  Result<std::vector<std::uint8_t>> sign(Scheme scheme, Bytes message) override {
    asked.assign(message.begin(), message.end());
    if (may_sign(trade_, inner_, scheme, message, now_) == keys::Grant::no)
      return Error{ErrorCode::key_misused};
    return inner_.sign(scheme, message);
  }

  Octets asked;

 private:
  keys::PrivateKey& inner_;
  KeyWork trade_;
  model::CivilSeconds now_;
};

/// As libcrypto asks about a certificate.
Question asked_about(const Octets& leaf, const X509* issuer) {
  const pki::X509Ptr certificate = read_certificate(leaf);
  const std::unique_ptr<OCSP_REQUEST, pki::Freer<OCSP_REQUEST_free>> request(OCSP_REQUEST_new());
  OCSP_request_add0_id(request.get(), OCSP_cert_to_id(EVP_sha1(), certificate.get(), issuer));
  return *Question::read(encoded(i2d_OCSP_REQUEST, request.get()));
}

bool signs(const KeyWork& trade, const keys::PrivateKey& key, Scheme scheme, Bytes message,
           model::CivilSeconds now) {
  return may_sign(trade, key, scheme, message, now) != keys::Grant::no;
}

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
    return signs(kCertify, *site.key, Scheme::ecdsa_sha384, flipped, kNow);
  }

  SiteAuthority site;
  GuardedKey certifier{*site.key, kCertify};
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
    GuardedKey key(*site.key, kCertify);
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
    GuardedKey key(*site.key, kCertify, kNow + apart);
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
  EXPECT_FALSE(signs(kCertify, *site.key, Scheme::ecdsa_sha384, longer, kNow));
  EXPECT_FALSE(signs(kCertify, *site.key, Scheme::ecdsa_sha384, Bytes(what).first(what.size() - 1), kNow));
  EXPECT_FALSE(signs(kCertify, *site.key, Scheme::ecdsa_sha256, what, kNow));
}

TEST_F(MaySignTest, a_certificate_is_for_the_one_terminal_of_the_trade) {
  for (const KeyWork& other : {KeyWork{Trade::certify_terminal, "karte", "ct-2"},
                               KeyWork{Trade::certify_terminal, "imaging", "ct-1"}}) {
    GuardedKey key(*site.key, other);
    EXPECT_EQ(refusal(certify(key, terminal_order("ct-1"))), "key.misused");
  }
  ASSERT_TRUE(certify(certifier, terminal_order("ct-1")));
  EXPECT_EQ(may_sign(kCertify, *site.key, Scheme::ecdsa_sha384, certifier.asked, kNow), keys::Grant::once);
  EXPECT_FALSE(signs(kLists, *site.key, Scheme::ecdsa_sha384, certifier.asked, kNow));
}

TEST_F(MaySignTest, lists_are_signed_if_they_are_of_today_and_last_a_week) {
  const auto list = [&](model::CivilSeconds now, model::CivilSeconds life) {
    GuardedKey key(*site.key, kLists);
    return refusal(make_list(site.certificate.get(), {7, now, now + life}, {}, key));
  };
  EXPECT_EQ(list(kNow, kListLife), "");
  EXPECT_EQ(list(kNow + kDay, kListLife), "key.misused");
  EXPECT_EQ(list(kNow, kListLife + std::chrono::seconds(1)), "key.misused");
}

TEST_F(MaySignTest, answers_are_signed_if_they_are_of_today_and_last_a_week) {
  const auto answer = [&](model::CivilSeconds until, const KeyWork& trade) {
    GuardedKey key(*site.key, trade);
    const Octets leaf = site.terminal("ct-1", "p256 ct");
    const Question question = asked_about(leaf, site.certificate.get());
    return refusal(make_answer(
        question, [](const Serial&) { return Status(StandsGood{}); }, site.certificate.get(), kNow, until,
        key));
  };
  EXPECT_EQ(answer(kNow + kListLife, kLists), "");
  EXPECT_EQ(answer(kNow + kListLife, kCertify), "key.misused");
  EXPECT_EQ(answer(kNow + kListLife + kDay, kLists), "key.misused");
}

TEST_F(MaySignTest, an_authority_has_no_wider_territory_and_no_other_date) {
  GuardedKey founder(*site.key, kFound), late(*site.key, kFound, kNow + kDay);
  Order wider = site_order();
  EXPECT_EQ(refusal(issue_root(site_ca_profile(), wider, Serial::random(), kNow, founder)), "key.misused");
  wider.territory = site_territory();
  EXPECT_EQ(refusal(issue_root(site_ca_profile(), wider, Serial::random(), kNow, late)), "key.misused");
}

TEST_F(MaySignTest, an_authority_is_founded_for_its_own_key_alone) {
  GuardedKey founder(*site.key, kFound);
  Order order = site_order();
  order.territory = site_territory();
  EXPECT_EQ(refusal(issue_root(site_ca_profile(), order, Serial::random(), kNow, founder)), "");
  EXPECT_EQ(refusal(make_request({.organization = "Clinic", .common_name = "site"}, {}, founder)), "");
  EXPECT_EQ(refusal(issue(public_key("p256 ct"), terminal_profile(), terminal_order("ct-1"),
                          site.certificate.get(), Serial::random(), kNow, founder)),
            "key.misused");
  const keys::PrivateKeyPtr other = private_key("p384 other");
  EXPECT_FALSE(signs(kFound, *other, Scheme::ecdsa_sha384, founder.asked, kNow));
}

TEST_F(MaySignTest, an_identity_signs_its_request_and_handshakes_as_a_client) {
  const keys::PrivateKeyPtr key = private_key("p256 ct");
  GuardedKey holder(*key, kHold);
  EXPECT_EQ(refusal(make_request({.common_name = "box"}, {.uris = {"urn:sekisho:karte:box"}}, holder)), "");
  const auto handshake = [&](std::string_view who, const KeyWork& trade) {
    Octets message(64, 0x20);
    for (const char c : std::string("TLS 1.3, ") + std::string(who) + " CertificateVerify")
      message.push_back(static_cast<std::uint8_t>(c));
    message.resize(message.size() + 1 + 32);
    return signs(trade, *key, Scheme::ecdsa_sha256, message, kNow);
  };
  EXPECT_TRUE(handshake("client", kHold));
  EXPECT_FALSE(handshake("server", kHold));
  EXPECT_FALSE(handshake("client", kCertify));
  EXPECT_FALSE(handshake("client", kFound));
}

TEST_F(MaySignTest, what_is_nothing_is_not_signed) {
  for (const KeyWork& trade : {kFound, kCertify, kLists, kHold})
    for (const std::string& what :
         {std::string(), std::string("0"), std::string("any text"), std::string(64, ' '),
          std::string("\x30\x03\x02\x01\x00", 5), std::string("\x30\x80\xa0\x00\x00", 5)})
      EXPECT_FALSE(signs(trade, *site.key, Scheme::ecdsa_sha384, as_bytes(what), kNow)) << what;
}

/// LOG-03.
TEST_F(MaySignTest, a_checkpoint_of_records_is_signed_by_its_trade_alone_and_only_now) {
  const std::string text = text_of(model::Checkpoint{7, {}, kNow});
  const auto scheme = Scheme::ecdsa_sha384;  // of the site's key
  EXPECT_TRUE(signs(kRecords, *site.key, scheme, as_bytes(text), kNow));
  for (const KeyWork& other : {kFound, kCertify, kLists, kHold})
    EXPECT_FALSE(signs(other, *site.key, scheme, as_bytes(text), kNow));
  EXPECT_FALSE(signs(kRecords, *site.key, scheme, as_bytes(text), kNow + 2 * kDatedWithin));
  EXPECT_FALSE(signs(kRecords, *site.key, scheme, as_bytes(text), kNow - 2 * kDatedWithin));
  EXPECT_FALSE(signs(kRecords, *site.key, scheme, as_bytes(text + "x"), kNow));
  EXPECT_FALSE(signs(kRecords, *site.key, scheme, as_bytes("anything else"), kNow));
}

TEST_F(MaySignTest, a_backups_seal_of_now_is_signed_with_the_records_key_and_no_other) {
  const backup::Seal seal{{1, "front-desk", "clinic", kNow, backup::Kind::daily, 3, {}}, {}, {}, {}};
  const std::string text = text_of(seal);
  const auto scheme = Scheme::ecdsa_sha384;  // of the site's key
  EXPECT_TRUE(signs(kRecords, *site.key, scheme, as_bytes(text), kNow));
  for (const KeyWork& other : {kFound, kCertify, kLists, kHold})
    EXPECT_FALSE(signs(other, *site.key, scheme, as_bytes(text), kNow));
  for (const auto off : {2 * kDatedWithin, -2 * kDatedWithin})
    EXPECT_FALSE(signs(kRecords, *site.key, scheme, as_bytes(text), kNow + off));
  EXPECT_FALSE(signs(kRecords, *site.key, scheme, as_bytes(text + "more\n"), kNow));
}

/// GOV-03.
TEST_F(MaySignTest, evidence_is_sealed_with_the_records_key_now_and_with_no_other) {
  const std::string text = text_of(model::EvidenceSeal{.number = 7, .sums = {}, .made = kNow});
  const auto scheme = Scheme::ecdsa_sha384;  // of the site's key
  EXPECT_TRUE(signs(kRecords, *site.key, scheme, as_bytes(text), kNow));
  for (const KeyWork& other : {kFound, kCertify, kLists, kHold})
    EXPECT_FALSE(signs(other, *site.key, scheme, as_bytes(text), kNow));
  for (const auto off : {std::chrono::hours(2), std::chrono::hours(-2)})
    EXPECT_FALSE(signs(kRecords, *site.key, scheme, as_bytes(text), kNow + off));
  EXPECT_FALSE(signs(kRecords, *site.key, scheme, as_bytes(text + "\n"), kNow));
  EXPECT_FALSE(signs(kRecords, *site.key, scheme, as_bytes(std::string_view(text).substr(1)), kNow));
}

/// One key signs all three: no signature over one counts for another.
TEST_F(MaySignTest, what_the_records_key_signs_can_be_read_in_one_way_only) {
  const std::string texts[] = {
      text_of(model::Checkpoint{7, {}, kNow}),
      text_of(backup::Seal{{1, "front-desk", "clinic", kNow, backup::Kind::daily, 3, {}}, {}, {}, {}}),
      text_of(model::EvidenceSeal{.number = 7, .sums = {}, .made = kNow})};
  for (std::size_t i = 0; i < std::size(texts); ++i) {
    EXPECT_EQ(bool(model::parse_checkpoint(texts[i])), i == 0) << texts[i];
    EXPECT_EQ(backup::parse_seal(texts[i]).has_value(), i == 1) << texts[i];
    EXPECT_EQ(model::parse_evidence_seal(texts[i]).has_value(), i == 2) << texts[i];
  }
}

}  // namespace
}  // namespace gw::ca
