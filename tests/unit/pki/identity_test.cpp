// Which names of a certificate count, and what spoils it.

#include "pki/identity.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "pki/certificate.h"
#include "pki/life.h"
#include "unit/pki/odd_certificate.h"

namespace gw::pki {
namespace {

using model::SanKind;
using namespace std::string_literals;

using Names = std::vector<std::pair<SanKind, std::string>>;

std::variant<IdentityPtr, Fault> read(const OddCertificate& odd) {
  return IdentityReader::read(odd.read().get());
}
Names names_of(const OddCertificate& odd) {
  const auto result = read(odd);
  if (!std::holds_alternative<IdentityPtr>(result)) return {};
  Names names;
  for (const auto& name : std::get<IdentityPtr>(result)->names()) names.emplace_back(name.kind, name.value);
  return names;
}
Fault refusal_of(const OddCertificate& odd) {
  const auto result = read(odd);
  const auto* fault = std::get_if<Fault>(&result);
  return fault != nullptr ? *fault : Fault::none;
}

TEST(IdentityTest, has_the_names_of_all_three_kinds_in_their_order) {
  const OddCertificate odd{.names = {{GEN_URI, "urn:sekisho:clinic:t1"},
                                     {GEN_DNS, "t1.clinic.example"},
                                     {GEN_EMAIL, "t1@clinic.example"}}};
  EXPECT_EQ(names_of(odd), (Names{{SanKind::uri, "urn:sekisho:clinic:t1"},
                                  {SanKind::dns, "t1.clinic.example"},
                                  {SanKind::email, "t1@clinic.example"}}));
}

TEST(IdentityTest, has_dns_names_in_lower_case_and_others_as_they_are) {
  const OddCertificate odd{
      .names = {{GEN_DNS, "T1.Clinic.EXAMPLE"}, {GEN_URI, "urn:Sekisho:T1"}, {GEN_EMAIL, "T1@x"}}};
  EXPECT_EQ(names_of(odd), (Names{{SanKind::dns, "t1.clinic.example"},
                                  {SanKind::uri, "urn:Sekisho:T1"},
                                  {SanKind::email, "T1@x"}}));
}

TEST(IdentityTest, a_name_with_a_hidden_end_or_a_control_character_spoils_the_certificate) {
  for (const std::string& bad :
       {"urn:sekisho:clinic:t1\0.evil"s, "t1\n"s, "t 1"s, "t1\x7f"s, "t1\xc3\xa9"s, "\0"s}) {
    for (const int type : {GEN_URI, GEN_DNS, GEN_EMAIL}) {
      const OddCertificate odd{.names = {{GEN_URI, "urn:good"}, {type, bad}}};
      EXPECT_EQ(refusal_of(odd), Fault::malformed) << to_hex(as_bytes(bad));
    }
  }
}

TEST(IdentityTest, without_any_alternative_name_there_is_no_identity) {  // whatever the common name says
  EXPECT_EQ(refusal_of({}), Fault::no_identity);
}

TEST(IdentityTest, an_address_is_no_name) {
  EXPECT_EQ(refusal_of({.names = {{GEN_IPADD, "\xc0\x00\x02\x01"s}}}), Fault::no_identity);
  EXPECT_EQ(names_of({.names = {{GEN_IPADD, "\xc0\x00\x02\x01"s}, {GEN_URI, "urn:a"}}}),
            (Names{{SanKind::uri, "urn:a"}}));
}

TEST(IdentityTest, an_extension_that_cannot_be_read_spoils_the_certificate) {
  for (const std::string& raw : {"\x30\x05\x86"s, "\x04\x00"s, "garbage"s, "\x30\x80\x86\x01\x61"s})
    EXPECT_EQ(refusal_of({.raw_names = raw}), Fault::malformed) << to_hex(as_bytes(raw));
}

TEST(IdentityTest, an_empty_list_of_names_is_no_identity) {
  EXPECT_EQ(refusal_of({.raw_names = "\x30\x00"s}), Fault::no_identity);
}

TEST(IdentityTest, a_second_extension_of_names_spoils_the_certificate) {  // RFC 5280 4.2
  const OddCertificate odd{.names = {{GEN_URI, "urn:b"}}, .raw_names = "\x30\x07\x86\x05urn:a"s};
  EXPECT_EQ(refusal_of(odd), Fault::malformed);
}

TEST(IdentityTest, more_names_than_anybody_needs_spoil_the_certificate) {
  OddCertificate odd;
  for (int i = 0; i < 256; ++i) odd.names.push_back({GEN_DNS, "t" + std::to_string(i) + ".example"});
  EXPECT_EQ(names_of(odd).size(), 256u);
  for (int i = 256; i < 300; ++i) odd.names.push_back({GEN_DNS, "t" + std::to_string(i) + ".example"});
  EXPECT_EQ(refusal_of(odd), Fault::malformed);
}

TEST(IdentityTest, carries_what_the_record_and_the_revocation_check_need) {
  const support::TestCa ca = support::TestCa::root();
  const std::vector<X509Ptr> issued = certificates_of(ca.issue({.alternative_names = "URI:urn:a"}).chain_pem);
  const X509* leaf = issued.front().get();
  const auto result = IdentityReader::read(leaf);
  ASSERT_TRUE(std::holds_alternative<IdentityPtr>(result));
  const model::CertificateIdentity& identity = *std::get<IdentityPtr>(result);
  EXPECT_EQ(identity.fingerprint(), fingerprint_of(leaf));
  EXPECT_EQ(identity.key_fingerprint(), key_fingerprint_of(leaf));
  EXPECT_EQ(identity.not_before(), Life::of(leaf).begins);
  EXPECT_EQ(identity.not_after(), not_after_of(leaf));
  EXPECT_EQ(identity.issuer_key_id().size(), 40u);
  EXPECT_FALSE(identity.serial().empty());
}

TEST(IdentityTest, of_a_leaf_that_names_no_issuer_key_has_none) {
  const auto result = read({.names = {{GEN_URI, "urn:a"}}});
  ASSERT_TRUE(std::holds_alternative<IdentityPtr>(result));
  EXPECT_EQ(std::get<IdentityPtr>(result)->issuer_key_id(), "");
  EXPECT_EQ(std::get<IdentityPtr>(result)->serial(), "abcdef");
}

}  // namespace
}  // namespace gw::pki
