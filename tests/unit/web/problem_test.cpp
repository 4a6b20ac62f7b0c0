#include "web/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/problem_words.h"

namespace gw::web {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST(Problem, it_has_a_stable_code_and_words_in_the_askers_language) {
  const Problem problem{ErrorCode::account_forbidden, "records.read", ""};
  const https::Answer english = answer_of(problem, Language::english);
  EXPECT_EQ(english.status, 403u);
  EXPECT_THAT(english.body, HasSubstr(R"("type":"urn:sekisho:problem:account.forbidden")"));
  EXPECT_THAT(english.body, HasSubstr(R"("title":"The role does not allow it.")"));
  EXPECT_THAT(english.headers, Contains(Pair("Content-Type", "application/problem+json")));
  EXPECT_THAT(answer_of(problem, Language::japanese).body, HasSubstr("許可されていません"));
}

TEST(Problem, a_value_at_fault_is_pointed_at_and_explained) {
  const Problem problem = problem_of({api::Fault::too_long, "/body/name"});
  const https::Answer answer = answer_of(problem, Language::english);
  EXPECT_EQ(answer.status, 422u);
  EXPECT_THAT(answer.body, HasSubstr(R"("at":"/body/name")"));
  EXPECT_THAT(answer.body, HasSubstr(R"("detail":"It is too long.")"));
  EXPECT_THAT(answer_of({ErrorCode::account_weak_password, "common"}, Language::japanese).body,
              HasSubstr("よく使われる言葉"));
}

TEST(Problem, octets_that_are_no_request_get_one_too) {
  const https::Answer answer = unreadable(413, "body limit exceeded");
  EXPECT_EQ(answer.status, 413u);
  EXPECT_THAT(answer.body,
              HasSubstr(R"("status":413,"code":"web.malformed","detail":"body limit exceeded")"));
  EXPECT_THAT(answer.headers, Contains(Pair("Content-Type", "application/problem+json")));
  EXPECT_THAT(answer.headers, Contains(Pair("X-Content-Type-Options", "nosniff")));
}

TEST(Problem, what_broke_inside_the_box_is_told_to_the_records_alone) {
  const https::Answer answer =
      answer_of({ErrorCode::system_call_failed, "open(/etc/secret)"}, Language::english);
  EXPECT_EQ(answer.status, 500u);
  EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
}

TEST(Problem, whoever_has_to_wait_is_told_so) {
  EXPECT_THAT(answer_of({ErrorCode::web_unavailable}, Language::english).headers,
              Contains(Pair("Retry-After", "5")));
  EXPECT_EQ(api::status_of_problem(ErrorCode::web_unavailable), 503u);
}

}  // namespace
}  // namespace gw::web
