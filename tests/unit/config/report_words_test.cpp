#include "config/report_words.h"

#include <gtest/gtest.h>

#include "config/problems.h"

namespace gw::config {
namespace {

TEST(ReportWords, what_a_code_means_stands_in_front_of_the_compilers_own_words) {
  EXPECT_EQ(in_japanese("a:b.yaml:12:16: config.key.unknown: there is no `x`: `y`?\n"),
            "a:b.yaml:12:16: config.key.unknown: この項目はありません。つづりと場所を確かめてください。 "
            "(there is no `x`: `y`?)\n");
  EXPECT_EQ(in_japanese("site:1:1: config.name.unused: warning: nobody names it"),
            "site:1:1: config.name.unused: 注意: どこからも使われていません。 (nobody names it)");
}

TEST(ReportWords, other_lines_stay_as_they_are) {
  EXPECT_EQ(in_japanese("site.yaml: 0 errors\n\nsite:1:1: tls.failed: no\n"),
            "site.yaml: 0 errors\n\nsite:1:1: tls.failed: no\n");
  EXPECT_EQ(in_japanese(""), "");
}

/// Whoever adds a code adds its words.
TEST(ReportWords, there_are_words_for_every_code_of_a_configuration) {
  for (std::size_t i = 0; i < error_code_count(); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    if (!to_string(code).starts_with("config.")) continue;
    const std::string line = to_text({{{1, 1}, code, Severity::error, "text"}}, "site");
    EXPECT_NE(in_japanese(line), line) << to_string(code);
  }
}

}  // namespace
}  // namespace gw::config
