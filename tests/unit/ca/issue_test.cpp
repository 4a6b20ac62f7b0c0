// What is issued keeps to its profile, its issuer and RFC 5280; our own verifier is the judge (CRT-02,
// CRT-07, CRT-08, SRV-06).

#include "ca/issue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "ca/times.h"
#include "model/close_reason.h"
#include "pki/certificate.h"
#include "pki/form.h"
#include "pki/names_text.h"
#include "pki/times.h"
#include "pki/validity.h"
#include "unit/ca/site_authority.h"
#include "unit/pki/chain_check.h"

namespace gw::ca {
namespace {

using pki::Peer;
using testing::ElementsAre;

CivilTime civil(model::CivilSeconds when) { return CivilTime(when); }

/// What the gateway says of a leaf of the site's authority; the root is the anchor, or the site itself.
std::string verdict(const SiteAuthority& site, const Octets& leaf, Peer peer,
                    model::CivilSeconds now = kNow) {
  pki::ChainCheck check({.peer = peer, .host_name = "emr.clinic.example"}, pem_of(site.root_der), civil(now));
  pki::ChainCheck near({.peer = peer, .host_name = "emr.clinic.example"}, pem_of(site.der), civil(now));
  const auto by_root = check.refusal(pem_of(leaf) + pem_of(site.der));
  const auto by_site = near.refusal(pem_of(leaf));
  EXPECT_EQ(by_root, by_site) << check.words();
  return std::string(model::to_string(by_root)) + check.words();
}

model::CivilSeconds begins(const Octets& der) {
  return *pki::seconds_of(X509_get0_notBefore(read_certificate(der).get()));
}
model::CivilSeconds ends(const Octets& der) { return pki::not_after_of(read_certificate(der).get()); }

TEST(IssueTest, a_terminal_is_let_in_as_a_terminal_and_as_nothing_else) {
  const SiteAuthority site;
  for (const char* key : {"p256 ct", "p384 ct", "rsa2048 ct"}) {
    const Octets leaf = site.terminal("ct-1", key);
    EXPECT_EQ(verdict(site, leaf, Peer::terminal), "finished") << key;
    EXPECT_THAT(pki::names_text(read_certificate(leaf).get()), ElementsAre("URI:urn:sekisho:karte:ct-1"));
  }
  pki::ChainCheck as_cloud({.peer = Peer::cloud, .host_name = "ct-1"}, pem_of(site.der), civil(kNow));
  EXPECT_EQ(as_cloud.refusal(pem_of(site.terminal("ct-1", "p256 ct"))),
            model::CloseReason::upstream_certificate_usage);
}

TEST(IssueTest, the_box_is_a_server_and_never_a_terminal) {
  const SiteAuthority site;
  const auto leaf = site.issue_for("p256 box", "box_server", hosts_order());
  ASSERT_TRUE(leaf) << leaf.error().to_text();
  EXPECT_EQ(verdict(site, *leaf, Peer::cloud), "finished");
  pki::ChainCheck as_terminal({.peer = Peer::terminal}, pem_of(site.der), civil(kNow));
  EXPECT_EQ(as_terminal.refusal(pem_of(*leaf)), model::CloseReason::certificate_wrong_usage);
}

TEST(IssueTest, authorities_of_every_kind_of_key_are_believed) {
  Profile profile = profile_named("site_ca");
  profile.keys = {KeyKind::p256, KeyKind::p521, KeyKind::rsa};
  const SiteAuthority above;
  for (const char* name : {"p256 other", "rsa2048 other"}) {
    const auto key = private_key(name);
    const auto der = issue(public_key(name), profile, site_order(), above.root.get(), Serial::random(), kNow,
                           *above.root_key);
    ASSERT_TRUE(der) << der.error().to_text();
    const auto leaf = issue(public_key("p256 ct"), profile_named("terminal"), terminal_order("ct-1"),
                            read_certificate(*der).get(), Serial::random(), kNow, *key);
    ASSERT_TRUE(leaf) << leaf.error().to_text();
    pki::ChainCheck check({.peer = Peer::terminal}, pem_of(above.root_der), civil(kNow));
    EXPECT_EQ(check.refusal(pem_of(*leaf) + pem_of(*der)), model::CloseReason::finished) << check.words();
  }
}

TEST(IssueTest, a_terminal_lives_for_its_profile_and_no_second_longer) {
  const SiteAuthority site;
  const Octets leaf = site.terminal("ct-1", "p256 ct");
  EXPECT_EQ(begins(leaf), kNow - kBackdated);
  EXPECT_EQ(ends(leaf) - begins(leaf) + std::chrono::seconds(1), kLongestClient);
  Order order = terminal_order("ct-1");
  order.life = 30 * kDay;
  EXPECT_EQ(ends(*site.issue_for("p256 ct", "terminal", order)),
            kNow - kBackdated + 30 * kDay - std::chrono::seconds(1));
  order.life = kLongestClient + std::chrono::seconds(1);
  EXPECT_EQ(refusal(site.issue_for("p256 ct", "terminal", order)), "issue.outside_profile");
  order.life = -kDay;
  EXPECT_EQ(refusal(site.issue_for("p256 ct", "terminal", order)), "issue.outside_profile");
}

TEST(IssueTest, nothing_begins_before_its_issuer_or_ends_after_it) {
  const SiteAuthority site;
  const model::CivilSeconds site_ends = ends(site.der);
  const Octets late = site.terminal("ct-1", "p256 ct", site_ends - 10 * kDay);
  EXPECT_EQ(ends(late), site_ends);
  EXPECT_EQ(begins(site.terminal("ct-1", "p256 ct", begins(site.der))), begins(site.der));
  EXPECT_EQ(verdict(site, late, Peer::terminal, site_ends - std::chrono::seconds(1)), "finished");
}

TEST(IssueTest, an_authority_that_has_ended_or_not_begun_issues_nothing) {
  const SiteAuthority site;
  for (const auto when : {ends(site.der), begins(site.der) - std::chrono::seconds(1)})
    EXPECT_EQ(refusal(site.issue_for("p256 ct", "terminal", terminal_order("ct-1"), when)),
              "issue.issuer_unsuitable");
}

TEST(IssueTest, only_an_authority_issues_and_only_with_its_own_key) {
  const SiteAuthority site;
  const Octets terminal = site.terminal("ct-1", "p256 ct");
  const auto by = [&](const X509* issuer, const std::string& key, const std::string& profile,
                      const Order& order) {
    return refusal(issue(public_key("p384 x"), profile_named(profile), order, issuer, Serial::random(), kNow,
                         *private_key(key)));
  };
  EXPECT_EQ(by(read_certificate(terminal).get(), "p256 ct", "terminal", terminal_order("x")),
            "issue.issuer_unsuitable");
  EXPECT_EQ(by(site.certificate.get(), "p384 thief", "terminal", terminal_order("x")),
            "issue.issuer_unsuitable");
  EXPECT_EQ(by(site.certificate.get(), "p384 site", "site_ca", site_order()), "issue.issuer_unsuitable")
      << "nothing but leaves below a site's authority";
}

struct Misfit {
  const char* name;
  const char* profile;
  void (*change)(Order& order);
  const char* key = "p256 ct";
};
void PrintTo(const Misfit& row, std::ostream* out) { *out << row.name; }
class MisfitTest : public testing::TestWithParam<Misfit> {};

TEST_P(MisfitTest, is_not_issued) {
  const SiteAuthority site;
  const bool terminal = std::string_view(GetParam().profile) == "terminal";
  Order order = terminal ? terminal_order("ct-1") : hosts_order();
  GetParam().change(order);
  EXPECT_EQ(refusal(site.issue_for(GetParam().key, GetParam().profile, order)), "issue.outside_profile");
}

const Misfit kMisfits[] = {
    {"a_life_that_is_over_at_once", "terminal", [](Order& o) { o.life = std::chrono::seconds(60); }},
    {"no_name", "terminal", [](Order& o) { o.names = {}; }},
    {"two_names", "terminal", [](Order& o) { o.names.uris.push_back("urn:sekisho:karte:ct-2"); }},
    {"a_host_as_well", "terminal", [](Order& o) { o.names.hosts = {"ct.clinic.example"}; }},
    {"another_scheme", "terminal", [](Order& o) { o.names.uris = {"urn:other:karte:ct-1"}; }},
    {"no_tenant", "terminal", [](Order& o) { o.names.uris = {"urn:sekisho::ct-1"}; }},
    {"one_part", "terminal", [](Order& o) { o.names.uris = {"urn:sekisho:karte"}; }},
    {"a_third_part", "terminal", [](Order& o) { o.names.uris = {"urn:sekisho:karte:ct-1:x"}; }},
    {"capital_letters", "terminal", [](Order& o) { o.names.uris = {"urn:sekisho:karte:CT"}; }},
    {"a_terminal_called_box", "terminal", [](Order& o) { o.names.uris = {"urn:sekisho:karte:box"}; }},
    {"no_common_name", "terminal", [](Order& o) { o.subject.common_name.clear(); }},
    {"a_country_too_many", "terminal", [](Order& o) { o.subject.country = "JP"; }},
    {"a_long_subject", "terminal", [](Order& o) { o.subject.common_name = std::string(65, 'x'); }},
    {"a_subject_with_a_line_break", "terminal", [](Order& o) { o.subject.organization = "a\nb"; }},
    {"a_subject_that_is_no_text", "terminal", [](Order& o) { o.subject.organization = "\xff"; }},
    {"a_leaf_with_a_territory", "terminal", [](Order& o) { o.territory = site_order().territory; }},
    {"the_issuer_s_own_key", "terminal", [](Order&) {}, "p384 site"},
    {"no_host", "box_server", [](Order& o) { o.names = {}; }},
    {"a_wildcard", "box_server", [](Order& o) { o.names.hosts = {"*.clinic.example"}; }},
    {"no_host_name", "box_server", [](Order& o) { o.names.hosts = {"a_b.clinic.example"}; }},
    {"a_uri_for_a_server", "box_server", [](Order& o) { o.names.uris = {"urn:sekisho:karte:box"}; }},
    {"a_host_of_another_site", "box_server", [](Order& o) { o.names.hosts = {"emr.elsewhere.example"}; }},
    {"an_address_of_another_site", "box_server",
     [](Order& o) { o.names.addresses = {*model::IpAddress::parse("10.2.0.1")}; }},
    {"an_ipv6_address_of_another_site", "box_server",
     [](Order& o) { o.names.addresses = {*model::IpAddress::parse("fd00::1")}; }},
    {"a_host_in_the_common_name", "terminal",
     [](Order& o) { o.subject.common_name = "emr.elsewhere.example"; }},
    {"rsa_in_the_upstream", "upstream", [](Order&) {}, "rsa2048 ct"},
    {"a_terminal_s_name_for_the_box", "upstream",
     [](Order& o) { o.names = {.uris = {"urn:sekisho:karte:ct-1"}}; }},
};
INSTANTIATE_TEST_SUITE_P(Orders, MisfitTest, testing::ValuesIn(kMisfits),
                         [](const auto& row) { return row.param.name; });

TEST(IssueTest, a_site_without_networks_or_zones_names_none) {
  for (const char* kept : {"zones", "networks"}) {
    const SiteAuthority above;
    Order order = site_order();
    std::string_view(kept) == "zones" ? order.territory.networks.clear() : order.territory.zones.clear();
    const auto der = issue(public_key("p384 site"), profile_named("site_ca"), order, above.root.get(),
                           Serial::random(), kNow, *above.root_key);
    ASSERT_TRUE(der) << der.error().to_text();
    const pki::X509Ptr site = read_certificate(*der);
    const auto leaf = [&](Names names) {
      Order wanted = hosts_order();
      wanted.names = std::move(names);
      return refusal(issue(public_key("p256 box"), profile_named("box_server"), wanted, site.get(),
                           Serial::random(), kNow, *private_key("p384 site")));
    };
    const bool has_zones = std::string_view(kept) == "zones";
    EXPECT_EQ(leaf({.hosts = {"emr.clinic.example"}}), has_zones ? "" : "issue.outside_profile");
    EXPECT_EQ(leaf({.addresses = {*model::IpAddress::parse("10.1.0.1")}}),
              has_zones ? "issue.outside_profile" : "");
    EXPECT_EQ(leaf({.addresses = {*model::IpAddress::parse("fd00::1")}}), "issue.outside_profile");
  }
}

TEST(IssueTest, what_is_issued_is_der_of_the_strict_form) {
  const SiteAuthority site;
  for (const Octets& der : {site.root_der, site.der, site.terminal("ct-1", "p256 ct")}) {
    const pki::X509Ptr certificate = read_certificate(der);
    EXPECT_STREQ(pki::form_finding(certificate.get()).words, "");
    EXPECT_STREQ(pki::validity_finding(certificate.get()).words, "");
  }
}

TEST(IssueTest, years_from_2050_on_are_written_in_full) {
  const auto text = [](model::CivilSeconds when) { return to_hex(time_of(when)); };
  const model::CivilSeconds last{2'524'607'999};
  EXPECT_EQ(text(last), "170d" + to_hex(as_bytes("491231235959Z")));
  EXPECT_EQ(text(last + std::chrono::seconds(1)), "180f" + to_hex(as_bytes("20500101000000Z")));
  const SiteAuthority late("p384 site", last - 100 * kDay);
  EXPECT_STREQ(pki::validity_finding(late.certificate.get()).words, "");
}

TEST(SerialTest, numbers_are_random_positive_and_no_longer_than_allowed) {
  for (int i = 0; i < 200; ++i) {
    const Serial serial = Serial::random();
    EXPECT_EQ(serial.hex().size(), 40u);
    EXPECT_LT(serial.hex().front(), '8') << "a leading one bit would be negative";
    EXPECT_NE(serial, Serial::random());
  }
}

TEST(SerialTest, what_is_no_serial_number_is_none) {
  for (const char* good : {"01", "7f", "0080", "7fffffffffffffffffffffffffffffffffffffff"})
    EXPECT_EQ(refusal(Serial::of_hex(good)), "") << good;
  for (const char* wrong : {"", "00", "80", "0001", "0", "xx", "010000000000000000000000000000000000000000"})
    EXPECT_EQ(refusal(Serial::of_hex(wrong)), "certificate.unreadable") << wrong;
}

/// A key that was disturbed while it signed.
class DisturbedKey final : public keys::PrivateKey {
 public:
  explicit DisturbedKey(keys::PrivateKeyPtr key) : key_(std::move(key)) {}
  keys::Keeping keeping() const override { return key_->keeping(); }
  const std::vector<std::uint8_t>& public_key() const override { return key_->public_key(); }
  Result<std::vector<std::uint8_t>> sign(model::SignatureScheme scheme, Bytes message) override {
    auto signature = key_->sign(scheme, message);
    if (signature) signature->back() ^= 1;
    return signature;
  }

 private:
  keys::PrivateKeyPtr key_;
};

TEST(IssueTest, a_signature_that_does_not_fit_is_not_given_out) {
  const SiteAuthority site;
  DisturbedKey disturbed(private_key("p384 site"));
  EXPECT_EQ(refusal(issue(public_key("p256 ct"), profile_named("terminal"), terminal_order("ct-1"),
                          site.certificate.get(), Serial::random(), kNow, disturbed)),
            "key.unavailable");
}

}  // namespace
}  // namespace gw::ca
