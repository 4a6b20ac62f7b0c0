#include "evidence/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "draft.h"

namespace gw::evidence {
namespace {

using packs::FactId;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Document, what_says_more_against_it_counts) {
  EXPECT_EQ(worse(State::shown, State::attention), State::attention);
  EXPECT_EQ(worse(State::unknown, State::attention), State::attention);
  EXPECT_EQ(worse(State::by_design, State::shown), State::by_design);
  EXPECT_EQ(worse(State::by_design, State::unknown), State::unknown);
  EXPECT_EQ(worse(State::shown, State::shown), State::shown);
}

TEST(Document, a_row_is_as_the_worst_of_what_answers_it) {
  Document document = some_document();
  const packs::Row& row = document.papers[0].pack.rows[0];
  EXPECT_EQ(state_of(document, row), State::shown);
  for (const State state : {State::by_design, State::unknown, State::attention}) {
    finding(document, FactId::tls_mutual).state = state;
    EXPECT_EQ(state_of(document, row), state);
  }
  finding(document, FactId::tls_versions).state = State::unknown;
  EXPECT_EQ(state_of(document, row), State::attention);
}

TEST(Document, what_only_people_can_fill_in_is_unknown_to_the_box) {
  const Document document = some_document();
  EXPECT_EQ(state_of(document, document.papers[0].pack.rows[1]), State::unknown);
}

TEST(Document, findings_are_counted_by_state) {
  Document document = some_document();
  finding(document, FactId::tls_mutual).state = State::attention;
  EXPECT_EQ(count(document, State::attention), 1u);
  EXPECT_EQ(count(document, State::shown), packs::facts().size() - 1);
  EXPECT_EQ(count(document, State::unknown), 0u);
}

TEST(DocumentJson, says_who_made_it_when_and_from_what) {
  EXPECT_THAT(to_json(some_document()),
              StartsWith(R"({"format":"sekisho.evidence/1","number":7,"made":"2026-11-18T20:06:40+09:00",)"
                         R"("by":"tanaka","site":"さくら内科","software":"0.9.1","generation":12,)"
                         R"("clock_right":true,"findings":[{"fact":"tls.versions","control":"NET-01",)"));
}

TEST(DocumentJson, a_finding_has_its_sentences_table_and_sources) {
  Document document = some_document();
  Finding& one = finding(document, FactId::tls_mutual);
  one.state = State::attention;
  one.says = {{"一台は\"旧式\"。", "One is \"old\"."}};
  one.table = {{{"端末", "terminal"}, {"日", "day"}}, {{"desk-1", "2026-11-29"}}, 3};
  EXPECT_THAT(
      to_json(document),
      HasSubstr(R"({"fact":"tls.mutual","control":"NET-04","label":{"ja":"両端の証明書による相互認証",)"
                R"("en":"mutual authentication by certificates"},"state":"attention",)"
                R"("says":[{"ja":"一台は\"旧式\"。","en":"One is \"old\"."}],)"
                R"("table":{"columns":[{"ja":"端末","en":"terminal"},{"ja":"日","en":"day"}],)"
                R"("rows":[["desk-1","2026-11-29"]],"left_out":3},)"
                R"("sources":[{"what":{"ja":"適用中の設定","en":"configuration in force"},)"
                R"("which":"generation 12"}]})"));
}

TEST(DocumentJson, a_paper_names_its_edition_to_the_octet_and_its_rows) {
  EXPECT_THAT(
      to_json(some_document()),
      EndsWith(
          R"("papers":[{"pack":"gl-x","version":3,"title":"ガイドライン X","edition":"第1版",)"
          R"("date":"2026-06","standing":"superseded",)"
          R"("sha256":"ea2d9d75881499239dfec4645cc72225f1fb4497fea935bb5cbd57662b0aed2d","signed":false,)"
          R"("signer":"","rows":[{"id":"13-6","heading":"TLS","asks":"相互に認証する","grade":"T",)"
          R"("controls":["NET-01"],"state":"shown","to_fill":0,"answers":["tls.versions","tls.mutual"],"blanks":[]},)"
          R"row({"id":"(9)①(a)","heading":"責任者","asks":"責任者を定める","grade":"M","controls":[],)row"
          R"("state":"unknown","to_fill":1,"answers":[],"blanks":[{"name":"責任者の氏名","owner":"clinic"}]}]}],"forms":[]})"
          "\n"));
}

TEST(DocumentJson, the_same_document_makes_the_same_octets) {
  EXPECT_EQ(to_json(some_document()), to_json(some_document()));
}

}  // namespace
}  // namespace gw::evidence
