// What a responder is asked about a certificate (RFC 6960 4.1, RFC 5019 2.1.1; SRV-03).

#include "pki/status_question.h"

#include <gtest/gtest.h>
#include <openssl/ocsp.h>

#include "pki/ocsp.h"
#include "support/chains/chain_case.h"
#include "support/revocation_drafts.h"
#include "tls/provider.h"
#include "unit/pki/revocation_words.h"

namespace gw::pki {
namespace {

using support::AnswerDraft;
using support::ChainDraft;
using RequestPtr = std::unique_ptr<OCSP_REQUEST, Freer<OCSP_REQUEST_free>>;

class StatusQuestionTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(tls::install_provider()); }
  ChainDraft chain = ChainDraft::good(Peer::cloud);
  X509Ptr leaf = read(chain.leaf()), issuer = read(chain.issuing());
  StatusQuestion question = question_about(leaf.get(), issuer.get());

  static RequestPtr parse(const std::vector<std::uint8_t>& octets) {
    const unsigned char* at = octets.data();
    RequestPtr request(d2i_OCSP_REQUEST(nullptr, &at, static_cast<long>(octets.size())));
    return at == octets.data() + octets.size() ? std::move(request) : nullptr;
  }
};

TEST_F(StatusQuestionTest, is_one_certificate_without_nonce_or_signature) {
  const RequestPtr request = parse(question.request);
  ASSERT_TRUE(request);
  EXPECT_EQ(OCSP_request_onereq_count(request.get()), 1);
  EXPECT_EQ(OCSP_REQUEST_get_ext_count(request.get()), 0);
  EXPECT_EQ(OCSP_ONEREQ_get_ext_count(OCSP_request_onereq_get0(request.get(), 0)), 0);
  EXPECT_EQ(OCSP_request_is_signed(request.get()), 0);
  EXPECT_LT(question.request.size(), 128u);
}

TEST_F(StatusQuestionTest, names_the_certificate_by_sha_1) {
  const RequestPtr request = parse(question.request);
  ASSERT_TRUE(request);
  OCSP_CERTID* id = OCSP_onereq_get0_id(OCSP_request_onereq_get0(request.get(), 0));
  ASN1_OBJECT* digest = nullptr;
  ASN1_INTEGER* serial = nullptr;
  ASSERT_EQ(OCSP_id_get0_info(nullptr, &digest, nullptr, &serial, id), 1);
  EXPECT_EQ(OBJ_obj2nid(digest), NID_sha1);
  EXPECT_EQ(ASN1_INTEGER_cmp(serial, X509_get0_serialNumber(leaf.get())), 0);
}

TEST_F(StatusQuestionTest, is_the_same_for_the_same_certificate_alone) {
  EXPECT_EQ(question_about(leaf.get(), issuer.get()).id, question.id);
  EXPECT_NE(question_about(issuer.get(), read(chain.root()).get()).id, question.id);
}

TEST_F(StatusQuestionTest, keeps_what_the_answer_is_held_against) {
  leaf.reset();
  issuer.reset();
  const std::string answer = AnswerDraft::about(chain.leaf(), chain.issuing()).encode();
  EXPECT_EQ(to_string(judge_answer(as_bytes(answer), question.certificate.get(), question.issuer.get(),
                                   support::moment_of("261122120000Z"))),
            "good");
}

}  // namespace
}  // namespace gw::pki
