// Lists that a site's authority makes, read by the reader of everybody's lists (RFC 5280 5, SRV-03, CRT-04).

#include "ca/list.h"

#include <gtest/gtest.h>

#include "pki/revocation_list.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

constexpr ListFacts kFacts{7, kNow, kNow + kDay};

Serial serial_of(const Octets& certificate) { return *Serial::of(read_certificate(certificate).get()); }

class ListTest : public testing::Test {
 protected:
  Octets list(const std::vector<ListEntry>& entries) {
    auto made = make_list(site.certificate.get(), kFacts, entries, *site.key);
    EXPECT_TRUE(made) << made.error().to_text();
    return *std::move(made);
  }
  pki::RevocationVerdict judge(const Octets& octets, const Octets& certificate,
                               model::CivilSeconds now = kNow) {
    const auto read = pki::RevocationList::read(octets);
    EXPECT_TRUE(read) << read.error().to_text();
    return read->judge(read_certificate(certificate).get(), site.certificate.get(), now);
  }

  SiteAuthority site;
  Octets lost = site.terminal("ct-1", "p256 ct"), kept = site.terminal("ct-2", "p256 ct 2");
};

TEST_F(ListTest, every_reason_arrives_with_its_time) {
  for (const auto& word : kReasonWords) {
    const Octets octets = list({{serial_of(lost), kNow - kDay, word.value}});
    const auto verdict = judge(octets, lost);
    const auto* revoked = std::get_if<pki::Revoked>(&verdict);
    ASSERT_NE(revoked, nullptr) << word.text;
    EXPECT_EQ(revoked->reason, static_cast<int>(word.value));
    EXPECT_EQ(revoked->when, kNow - kDay);
    EXPECT_TRUE(std::holds_alternative<pki::Good>(judge(octets, kept)));
  }
}

TEST_F(ListTest, an_empty_list_says_good_until_the_next_one_is_due) {
  const Octets octets = list({});
  EXPECT_TRUE(std::holds_alternative<pki::Good>(judge(octets, lost)));
  const auto late = judge(octets, lost, kFacts.next_update + std::chrono::seconds(1));
  ASSERT_TRUE(std::holds_alternative<pki::Unknown>(late));
  EXPECT_EQ(std::get<pki::Unknown>(late).why, pki::Doubt::stale);
}

TEST_F(ListTest, it_has_its_number_and_names_the_key_that_signed_it) {
  const Octets octets = list({});
  const unsigned char* at = octets.data();
  const pki::CrlPtr crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(octets.size())));
  ASSERT_TRUE(crl);
  const std::unique_ptr<ASN1_INTEGER, pki::Freer<ASN1_INTEGER_free>> number(
      static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(crl.get(), NID_crl_number, nullptr, nullptr)));
  ASSERT_TRUE(number);
  EXPECT_EQ(ASN1_INTEGER_get(number.get()), 7);
  EXPECT_EQ(X509_CRL_get_version(crl.get()), X509_CRL_VERSION_2);
  const std::unique_ptr<AUTHORITY_KEYID, pki::Freer<AUTHORITY_KEYID_free>> signer(
      static_cast<AUTHORITY_KEYID*>(
          X509_CRL_get_ext_d2i(crl.get(), NID_authority_key_identifier, nullptr, nullptr)));
  ASSERT_TRUE(signer);
  EXPECT_EQ(ASN1_OCTET_STRING_cmp(signer->keyid, X509_get0_subject_key_id(site.certificate.get())), 0);
}

TEST_F(ListTest, ten_thousand_entries_are_no_trouble) {
  std::vector<ListEntry> entries;
  for (int i = 0; i < 10'000; ++i) entries.push_back({Serial::random(), kNow, Reason::superseded});
  entries.push_back({serial_of(lost), kNow, Reason::key_compromise});
  const Octets octets = list(entries);
  EXPECT_TRUE(std::holds_alternative<pki::Revoked>(judge(octets, lost)));
  EXPECT_TRUE(std::holds_alternative<pki::Good>(judge(octets, kept)));
}

TEST_F(ListTest, what_makes_no_sense_is_not_signed) {
  const auto made = [&](ListFacts facts, const std::vector<ListEntry>& entries, const X509* issuer) {
    return refusal(make_list(issuer, facts, entries, *site.key));
  };
  const X509* issuer = site.certificate.get();
  EXPECT_EQ(made({1, kNow, kNow}, {}, issuer), "issue.outside_profile");
  EXPECT_EQ(made({1, kNow, kNow + 401 * kDay}, {}, issuer), "issue.outside_profile");
  const ListEntry entry{serial_of(lost), kNow, Reason::hold};
  EXPECT_EQ(made(kFacts, {entry, entry}, issuer), "issue.outside_profile");
  EXPECT_EQ(made(kFacts, {}, read_certificate(lost).get()), "issue.issuer_unsuitable");
  EXPECT_EQ(made(kFacts, {}, site.root.get()), "issue.issuer_unsuitable") << "another key's certificate";
}

}  // namespace
}  // namespace gw::ca
