// Which certificates the box goes by as its own (CRT-02, CRT-03).

#include "est/issued.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "est/held.h"
#include "pki/certificate.h"
#include "support/manual_clock.h"
#include "support/test_pki.h"

namespace gw::est {
namespace {

using model::ManagedIdentity;
using support::CertificateOptions;
using support::TestCa;
using testing::HasSubstr;

constexpr const char* kBoxName = "URI:urn:sekisho:imaging:box";

class IssuedTest : public testing::Test {
 protected:
  TestCa root = TestCa::root();
  TestCa issuing = root.intermediate({.name = "issuing"});
  ManagedIdentity toward_clouds{.name = "records"};
  ManagedIdentity toward_terminals{.name = "listener",
                                   .side = ManagedIdentity::Side::terminals,
                                   .hosts = {"emr.clinic.example", "10.1.0.1"}};

  static std::vector<pki::X509Ptr> certificates(const std::string& pem) {
    return *pki::read_certificates(pem);
  }
  static ca::Octets key_of(const std::string& pem) {
    return pki::public_key_of(certificates(pem).front().get());
  }
  /// What is wrong with a chain from this authority for this identity; "" if it is good.
  std::string flaw(const ManagedIdentity& identity, const CertificateOptions& options) const {
    const std::string chain = issuing.issue(options).chain_pem;
    const auto checked =
        check_issued(identity, "imaging", key_of(chain), chain, certificates(root.pem()), system_clock());
    if (checked) return "";
    EXPECT_EQ(checked.error().code, ErrorCode::est_malformed);
    return checked.error().detail;
  }
};

TEST_F(IssuedTest, good_ones_of_both_sides_are_taken) {
  EXPECT_EQ(flaw(toward_clouds, {.alternative_names = kBoxName}), "");
  EXPECT_EQ(flaw(toward_terminals, {.alternative_names = "IP:10.1.0.1,DNS:emr.clinic.example",
                                    .usage = "serverAuth,clientAuth"}),
            "");
}

TEST_F(IssuedTest, other_names_are_not_ours) {
  for (const char* names : {"URI:urn:sekisho:other:box", "URI:urn:sekisho:imaging:box,DNS:a.example",
                            "DNS:urn.sekisho.imaging.box"})
    EXPECT_THAT(flaw(toward_clouds, {.alternative_names = names}), HasSubstr("other names")) << names;
  EXPECT_THAT(flaw(toward_terminals, {.alternative_names = "DNS:emr.clinic.example", .usage = "serverAuth"}),
              HasSubstr("other names"));
}

TEST_F(IssuedTest, the_other_side_s_purpose_is_not_ours) {
  EXPECT_THAT(flaw(toward_clouds, {.alternative_names = kBoxName, .usage = "serverAuth"}),
              HasSubstr("none to go by"));
  EXPECT_THAT(flaw(toward_terminals,
                   {.alternative_names = "IP:10.1.0.1,DNS:emr.clinic.example", .usage = "clientAuth"}),
              HasSubstr("none to go by"));
}

TEST_F(IssuedTest, a_life_that_makes_no_sense_is_not_taken) {
  using std::chrono::hours;
  EXPECT_THAT(flaw(toward_clouds, {.alternative_names = kBoxName, .ends = hours(24 * 400)}),
              HasSubstr("397 days"));
  EXPECT_THAT(
      flaw(toward_clouds, {.alternative_names = kBoxName, .begins = -hours(24 * 20), .ends = hours(24 * 10)}),
      HasSubstr("at once"));
  EXPECT_THAT(flaw(toward_clouds, {.alternative_names = kBoxName, .begins = hours(1)}),
              HasSubstr("none to go by"));
  EXPECT_THAT(
      flaw(toward_clouds, {.alternative_names = kBoxName, .ends = -hours(0) - std::chrono::seconds(60)}),
      HasSubstr("none to go by"));
}

TEST_F(IssuedTest, a_weak_one_is_not_taken) {
  EXPECT_NE(flaw(toward_clouds, {.alternative_names = kBoxName, .key = support::KeyKind::rsa1024}), "");
  EXPECT_NE(flaw(toward_clouds, {.alternative_names = kBoxName, .digest = "SHA1"}), "");
}

TEST_F(IssuedTest, it_must_lead_to_the_server_s_authorities) {
  const std::string chain = issuing.issue({.alternative_names = kBoxName}).chain_pem;
  const TestCa stranger = TestCa::root({.name = "stranger"});
  EXPECT_FALSE(check_issued(toward_clouds, "imaging", key_of(chain), chain, certificates(stranger.pem()),
                            system_clock()));
}

TEST_F(IssuedTest, another_key_s_certificate_is_nobody_s) {
  const std::string chain = issuing.issue({.alternative_names = kBoxName}).chain_pem;
  const ca::Octets other = key_of(issuing.issue({.alternative_names = kBoxName}).chain_pem);
  EXPECT_FALSE(
      check_issued(toward_clouds, "imaging", other, chain, certificates(root.pem()), system_clock()));
  EXPECT_FALSE(chain_for(other, certificates(chain), {}));
}

TEST_F(IssuedTest, the_chain_is_put_in_order_and_ends_below_the_root) {
  const std::string whole = issuing.issue({.alternative_names = kBoxName}).chain_pem;
  const std::string leaf = pem_of({certificates(whole).front().get()});
  // The answer has the certificate alone, the authorities come by themselves, upside down.
  const auto authorities = certificates(root.pem() + issuing.pem());
  const auto chain = chain_for(key_of(leaf), certificates(leaf), authorities);
  ASSERT_TRUE(chain) << chain.error().to_text();
  EXPECT_EQ(*chain, pem_of({certificates(whole)[0].get(), certificates(whole)[1].get()}));
  // The answer has everything, in any order.
  EXPECT_EQ(*chain_for(key_of(leaf), certificates(root.pem() + issuing.pem() + leaf), {}), *chain);
  EXPECT_EQ(*chain_for(key_of(leaf), certificates(leaf), {}), leaf);
}

TEST(HeldTest, a_slot_is_a_key_and_perhaps_a_chain) {
  const std::string key =
      "-----BEGIN SOME K"
      "EY-----\nAAAA\n-----END SOME K"
      "EY-----\n";
  const std::string chain = TestCa::root().pem();
  EXPECT_EQ(*read_held(key), (Held{key, ""}));
  EXPECT_EQ(*read_held(key + chain), (Held{key, chain}));
  EXPECT_EQ(to_text(*read_held(key + chain)), key + chain);
  for (const std::string& wrong :
       {std::string(), chain, "x" + key, key + chain.substr(0, chain.size() / 2)}) {
    const auto held = read_held(wrong);
    ASSERT_FALSE(held) << wrong;
    EXPECT_EQ(held.error().code, ErrorCode::identity_damaged);
  }
}

}  // namespace
}  // namespace gw::est
