#include "web/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::web {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

TEST(Pages, the_process_lives_whether_or_not_controld_is_there) {
  EXPECT_EQ(page_at("/livez", "", false)->status, 200u);
  EXPECT_EQ(page_at("/readyz", "", true)->status, 200u);
  const auto away = page_at("/readyz", "verbose", false);
  EXPECT_EQ(away->status, 503u);
  EXPECT_THAT(away->body, HasSubstr("[-]controld"));
}

TEST(Pages, the_contract_is_served_and_nothing_else_is) {
  EXPECT_THAT(page_at("/api/v1/openapi.json", "", false)->body, HasSubstr("\"openapi\":\"3.1.0\""));
  EXPECT_FALSE(page_at("/", "", true));
  EXPECT_FALSE(page_at("/api/v1/session", "", true));
}

TEST(Pages, every_answer_tells_browsers_what_to_keep_to) {
  https::Answer answer;
  dress(answer);
  EXPECT_THAT(answer.headers, Contains(Pair("Strict-Transport-Security", HasSubstr("max-age="))));
  EXPECT_THAT(answer.headers, Contains(Pair("Content-Security-Policy", HasSubstr("default-src 'none'"))));
  EXPECT_THAT(answer.headers, Contains(Pair("X-Content-Type-Options", "nosniff")));
  EXPECT_THAT(answer.headers, Contains(Pair("Referrer-Policy", "no-referrer")));
}

}  // namespace
}  // namespace gw::web
