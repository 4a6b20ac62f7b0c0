#include "cli/output.h"

#include <gtest/gtest.h>

namespace gw::cli {
namespace {

TEST(Output, an_object_separates_and_escapes_its_members) {
  EXPECT_EQ(JsonObject().take(), "{}");
  EXPECT_EQ(JsonObject().text("a", "\"x\"\n").number("b", 7).flag("c", false).raw("d", "[]").take(),
            R"({"a":"\"x\"\u000a","b":7,"c":false,"d":[]})");
}

TEST(Output, problems_are_objects_with_their_place) {
  const std::vector<config::Problem> problems{
      {{3, 5}, ErrorCode::config_key_unknown, config::Severity::error, "x"},
      {{4, 1}, ErrorCode::config_name_unused, config::Severity::warning, "y"}};
  EXPECT_EQ(to_json(problems),
            R"([{"line":3,"column":5,"code":"config.key.unknown","severity":"error","text":"x"},)"
            R"({"line":4,"column":1,"code":"config.name.unused","severity":"warning","text":"y"}])");
}

}  // namespace
}  // namespace gw::cli
