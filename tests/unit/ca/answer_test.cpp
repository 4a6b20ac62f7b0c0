// Answers of a site's authority (RFC 6960), read by the reader of stapled answers (SRV-03).

#include "ca/answer.h"

#include <gtest/gtest.h>
#include <openssl/ocsp.h>

#include "pki/ocsp.h"
#include "support/mutations.h"
#include "tls/provider.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

using RequestPtr = std::unique_ptr<OCSP_REQUEST, pki::Freer<OCSP_REQUEST_free>>;
using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, pki::Freer<OCSP_RESPONSE_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, pki::Freer<OCSP_BASICRESP_free>>;

/// A question as libcrypto asks it.
RequestPtr ask(const std::vector<const X509*>& about, const X509* issuer, const EVP_MD* digest = EVP_sha1()) {
  RequestPtr request(OCSP_REQUEST_new());
  for (const X509* one : about) OCSP_request_add0_id(request.get(), OCSP_cert_to_id(digest, one, issuer));
  return request;
}

class AnswerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_TRUE(tls::install_provider()); }

  Octets answer(const RequestPtr& request, const Status& status) {
    const auto question = Question::read(encoded(i2d_OCSP_REQUEST, request.get()));
    EXPECT_TRUE(question) << question.error().to_text();
    const auto status_of = [&](const Serial& serial) {
      EXPECT_EQ(serial, *Serial::of(leaf.get()));
      return status;
    };
    auto made = make_answer(*question, status_of, site.certificate.get(), kNow, kNow + kDay, *site.key);
    EXPECT_TRUE(made) << made.error().to_text();
    return *std::move(made);
  }
  pki::RevocationVerdict judge(const Octets& octets, model::CivilSeconds now = kNow) {
    return pki::judge_answer(octets, leaf.get(), site.certificate.get(), now);
  }

  SiteAuthority site;
  pki::X509Ptr leaf = read_certificate(site.terminal("ct-1", "p256 ct"));
};

TEST_F(AnswerTest, good_revoked_and_unknown_are_understood_as_such) {
  for (const EVP_MD* digest : {EVP_sha1(), EVP_sha256()}) {
    const RequestPtr request = ask({leaf.get()}, site.certificate.get(), digest);
    EXPECT_TRUE(std::holds_alternative<pki::Good>(judge(answer(request, StandsGood{}))));
    const auto unknown = judge(answer(request, NotIssued{}));
    ASSERT_TRUE(std::holds_alternative<pki::Unknown>(unknown));
    EXPECT_EQ(std::get<pki::Unknown>(unknown).why, pki::Doubt::not_known_to_issuer);
    for (const auto& word : kReasonWords) {
      const auto verdict = judge(answer(request, WasRevoked{word.value, kNow - kDay}));
      ASSERT_TRUE(std::holds_alternative<pki::Revoked>(verdict)) << word.text;
      EXPECT_EQ(std::get<pki::Revoked>(verdict).reason, static_cast<int>(word.value));
      EXPECT_EQ(std::get<pki::Revoked>(verdict).when, kNow - kDay);
    }
  }
}

TEST_F(AnswerTest, the_nonce_comes_back_and_none_comes_unasked) {
  RequestPtr request = ask({leaf.get()}, site.certificate.get());
  const auto check = [&] {
    const Octets octets = answer(request, StandsGood{});
    const unsigned char* at = octets.data();
    const ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(octets.size())));
    const BasicPtr basic(OCSP_response_get1_basic(response.get()));
    return OCSP_check_nonce(request.get(), basic.get());
  };
  constexpr int kSame = 1, kNeither = 2;
  EXPECT_EQ(check(), kNeither);
  OCSP_request_add1_nonce(request.get(), nullptr, 32);
  EXPECT_EQ(check(), kSame);
}

TEST_F(AnswerTest, certificates_of_another_authority_are_not_answered_for) {
  const SiteAuthority other("p384 other");
  const auto question =
      Question::read(encoded(i2d_OCSP_REQUEST, ask({leaf.get()}, other.certificate.get()).get()));
  ASSERT_TRUE(question);
  const auto nobody_asks = [](const Serial&) -> Status {
    ADD_FAILURE() << "the same number of another authority is another certificate";
    return StandsGood{};
  };
  const auto made = make_answer(*question, nobody_asks, site.certificate.get(), kNow, kNow + kDay, *site.key);
  ASSERT_TRUE(made);
  const unsigned char* at = made->data();
  const ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(made->size())));
  const BasicPtr basic(OCSP_response_get1_basic(response.get()));
  OCSP_SINGLERESP* single = OCSP_resp_get0(basic.get(), 0);
  EXPECT_EQ(OCSP_single_get0_status(single, nullptr, nullptr, nullptr, nullptr), V_OCSP_CERTSTATUS_UNKNOWN);
}

TEST_F(AnswerTest, strange_questions_are_refused) {
  const auto read = [](const RequestPtr& request) {
    return refusal(Question::read(encoded(i2d_OCSP_REQUEST, request.get())));
  };
  const X509* issuer = site.certificate.get();
  EXPECT_EQ(read(ask({}, issuer)), "question.unreadable");
  EXPECT_EQ(read(ask(std::vector<const X509*>(kMaxQuestions, leaf.get()), issuer)), "");
  EXPECT_EQ(read(ask(std::vector<const X509*>(kMaxQuestions + 1, leaf.get()), issuer)),
            "question.unreadable");
  for (const auto& [size, expected] : {std::pair{128, ""}, {129, "question.unreadable"}}) {
    RequestPtr request = ask({leaf.get()}, issuer);
    OCSP_request_add1_nonce(request.get(), nullptr, size);
    EXPECT_EQ(read(request), expected) << size;
  }
  Octets longer = encoded(i2d_OCSP_REQUEST, ask({leaf.get()}, issuer).get());
  longer.push_back(0);
  EXPECT_EQ(refusal(Question::read(longer)), "question.unreadable");
  EXPECT_EQ(refusal(Question::read(Octets(kMaxQuestionOctets + 1, 0x30))), "question.unreadable");
}

TEST_F(AnswerTest, damaged_questions_do_no_harm) {
  RequestPtr request = ask({leaf.get()}, site.certificate.get());
  OCSP_request_add1_nonce(request.get(), nullptr, 16);
  const Octets seed = encoded(i2d_OCSP_REQUEST, request.get());
  support::for_each_cut(seed, [](const Octets& cut) { EXPECT_FALSE(Question::read(cut)); });
  const auto issuer = Issuer::of(site.certificate.get(), Usage::sign_certificates, kNow, *site.key);
  ASSERT_TRUE(issuer);
  support::for_each_change(seed, [&](const Octets& changed) {
    const auto read = Question::read(changed);
    if (!read) return;
    EXPECT_EQ(read->about().size(), 1u);
    EXPECT_LE(read->nonce().size(), kMaxNonce + 3);
    read->about().front().is_of(*issuer);
  });
}

TEST_F(AnswerTest, that_there_is_no_answer_can_be_said) {
  const Octets octets = make_no_answer(NoAnswer::malformed_request);
  const unsigned char* at = octets.data();
  const ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(octets.size())));
  ASSERT_TRUE(response);
  EXPECT_EQ(OCSP_response_status(response.get()), OCSP_RESPONSE_STATUS_MALFORMEDREQUEST);
}

}  // namespace
}  // namespace gw::ca
