#include "web/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "web/ui_files.h"

namespace gw::web {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
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

TEST(Pages, what_people_see_is_kept_by_nobody_and_what_it_loads_for_good) {
  const auto page = ui_at("/", "");
  ASSERT_TRUE(page);
  EXPECT_THAT(page->headers, Contains(Pair("Content-Encoding", "gzip")));
  EXPECT_THAT(page->headers, Not(Contains(Pair("Cache-Control", testing::_))));
  for (const UiFile& file : ui_files()) {
    if (!file.is_hashed) continue;
    EXPECT_THAT(ui_at(file.path, "")->headers, Contains(Pair("Cache-Control", HasSubstr("immutable"))))
        << file.path;
  }
  EXPECT_FALSE(ui_at("/assets/other.js", ""));
  EXPECT_FALSE(ui_at("/api/v1/session", ""));
}

TEST(Pages, whoever_has_a_file_is_not_sent_it_again) {
  const UiFile& file = ui_files().front();
  EXPECT_EQ(ui_at(file.path, "\"other\"")->status, 200u);
  const auto same = ui_at(file.path, file.etag);
  EXPECT_EQ(same->status, 304u);
  EXPECT_TRUE(same->body.empty());
}

TEST(Pages, a_page_loads_its_own_files_alone_and_an_answer_of_the_api_nothing) {
  https::Answer page = *ui_at("/", "");
  dress(page);
  const auto policies = std::ranges::count(page.headers, "Content-Security-Policy",
                                           &std::pair<std::string, std::string>::first);
  EXPECT_EQ(policies, 1);
  EXPECT_THAT(page.headers, Contains(Pair("Content-Security-Policy", HasSubstr("script-src 'self';"))));
  EXPECT_THAT(page.headers, Not(Contains(Pair("Content-Security-Policy", HasSubstr("unsafe")))));
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
