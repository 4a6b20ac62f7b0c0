// What a server says, and the bags of certificates it sends (RFC 7030 4, RFC 5272 4.1).

#include "est/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/text.h"
#include "est/certs_only.h"
#include "est/media.h"
#include "pki/certificate.h"
#include "pki/description.h"
#include "support/mutations.h"
#include "support/test_pki.h"

namespace gw::est {
namespace {

using std::chrono::seconds;

constexpr model::CivilSeconds kNow{1'795'348'800};  // 2026-11-22 12:00 UTC

/// The answer of RFC 7030 A.1, whose four certificates an authority made when it changed its key.
std::string standard_s_example() {
  std::ifstream file(GW_SOURCE_DIR "/tests/data/est/rfc7030_cacerts.base64");
  return {std::istreambuf_iterator<char>(file), {}};
}

Octets der_of(const std::string& pem) {
  return ca::encoded(i2d_X509, pki::read_certificates(pem)->front().get());
}

std::string refusal(const http::Answer& answer) {
  const auto read = read_answer(answer, kNow);
  return read ? "" : std::string(to_string(read.error().code));
}

std::optional<seconds> wait_in(unsigned status, const std::string& retry_after) {
  const auto read = read_answer({status, "", retry_after, ""}, kNow);
  return std::get<TryLater>(*read).after;
}

TEST(AnswerTest, the_standard_s_own_example_is_read) {
  const auto answer = read_answer({200, "application/pkcs7-mime", "", standard_s_example()}, kNow);
  ASSERT_TRUE(answer) << answer.error().to_text();
  std::vector<std::string> subjects;
  for (const pki::X509Ptr& each : std::get<Certificates>(*answer).all)
    subjects.push_back(pki::describe(each.get()).subject + " " + pki::describe(each.get()).serial);
  EXPECT_THAT(subjects,
              testing::ElementsAre("CN=estExampleCA OwO 9a58de75193b7a9c", "CN=estExampleCA NwO 01",
                                   "CN=estExampleCA OwN 02", "CN=estExampleCA NwN e9ae9dc39a33b211"));
}

TEST(AnswerTest, certificates_in_another_dress_are_none) {
  const std::string good = standard_s_example();
  EXPECT_EQ(refusal({200, kCertificatesMedia, "", good}), "");
  EXPECT_EQ(refusal({200, "text/html", "", good}), "est.malformed");
  EXPECT_EQ(refusal({200, "", "", good}), "est.malformed");
  EXPECT_EQ(refusal({200, kCertificatesMedia, "", "*" + good}), "est.malformed");
  EXPECT_EQ(refusal({200, kCertificatesMedia, "", ""}), "est.malformed");
  EXPECT_EQ(refusal({200, kCertificatesMedia, "", good.substr(0, 64)}), "est.malformed");
}

TEST(AnswerTest, later_is_a_number_of_seconds_or_a_date) {  // RFC 9110 10.2.3
  EXPECT_EQ(wait_in(202, "120"), seconds(120));
  EXPECT_EQ(wait_in(503, "0"), seconds(0));
  EXPECT_EQ(wait_in(202, "Sun, 22 Nov 2026 12:10:00 GMT"), seconds(600));
  EXPECT_EQ(wait_in(202, "Sun, 22 Nov 2026 11:00:00 GMT"), seconds(0)) << "it is over";
  EXPECT_EQ(wait_in(202, "99999999999999999999"), std::nullopt);
  EXPECT_EQ(wait_in(202, "999999999"), kLongestWait);
  EXPECT_EQ(wait_in(202, "Sun, 22 Nov 2099 12:10:00 GMT"), kLongestWait);
  for (const char* nothing : {"", "soon", "-1", "1.5", "Sun, 22 Nov 2026", "Sun, 22 Nov 2026 12:10:00 GMT+9"})
    EXPECT_EQ(wait_in(202, nothing), std::nullopt) << nothing;
}

TEST(AnswerTest, a_refusal_carries_the_server_s_own_words_made_harmless) {  // RFC 8951 5
  const auto words = [](const http::Answer& answer) {
    return std::get<Refused>(*read_answer(answer, kNow)).words;
  };
  EXPECT_EQ(words({403, "text/plain; charset=utf-8", "", "closed\r\nat night"}), "closed");
  EXPECT_EQ(words({400, "", "", "a \"bad\"\x1b request"}), "a \\\"bad\\\"\\u001b request");
  EXPECT_EQ(words({404, "text/html", "", "<html>"}), "");
  EXPECT_LE(words({500, "text/plain", "", std::string(5000, 'x')}).size(), kForeignTextLimit);
  for (const unsigned status : {204u, 301u, 400u, 401u, 403u, 404u, 500u, 599u})
    EXPECT_EQ(std::get<Refused>(*read_answer({status, "", "", ""}, kNow)).status, status);
}

class CertsOnlyTest : public testing::Test {
 protected:
  support::TestCa root = support::TestCa::root();
  std::vector<Octets> two{der_of(root.issue({}).chain_pem), der_of(root.pem())};
  Octets bag = write_certs_only(two);
};

TEST_F(CertsOnlyTest, what_is_written_is_read_again_in_its_order) {
  const auto read = read_certs_only(bag);
  ASSERT_TRUE(read) << read.error().to_text();
  ASSERT_EQ(read->size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(ca::encoded(i2d_X509, (*read)[i].get()), two[i]);
}

TEST_F(CertsOnlyTest, the_standard_s_example_is_written_so_too) {
  const Octets octets = *from_base64(standard_s_example());
  const auto read = read_certs_only(octets);
  ASSERT_TRUE(read) << read.error().to_text();
  std::vector<Octets> certificates;
  for (const pki::X509Ptr& each : *read) certificates.push_back(ca::encoded(i2d_X509, each.get()));
  const Octets written = write_certs_only(certificates);
  // The example has an empty list of revocation lists besides, which RFC 5652 5.1 leaves out.
  ASSERT_EQ(written.size() + 2, octets.size());
  constexpr std::size_t kLengths = 30, kSigners = 2;
  EXPECT_TRUE(std::equal(written.begin() + kLengths, written.end() - kSigners, octets.begin() + kLengths));
}

TEST_F(CertsOnlyTest, an_empty_or_an_overfull_bag_is_none) {
  EXPECT_FALSE(read_certs_only(write_certs_only({})));
  EXPECT_TRUE(read_certs_only(write_certs_only(std::vector<Octets>(kMostCertificates, two[0]))));
  EXPECT_FALSE(read_certs_only(write_certs_only(std::vector<Octets>(kMostCertificates + 1, two[0]))));
}

TEST_F(CertsOnlyTest, nothing_may_follow_or_be_missing) {
  Octets longer = bag;
  longer.push_back(0);
  EXPECT_FALSE(read_certs_only(longer));
  support::for_each_cut(bag, [](const Octets& cut) {
    const auto read = read_certs_only(cut);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::est_malformed);
  });
  EXPECT_FALSE(read_certs_only(two[0])) << "a certificate by itself is no bag";
}

}  // namespace
}  // namespace gw::est
