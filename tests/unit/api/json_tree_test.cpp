#include "api/json_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::api {
namespace {

using testing::ElementsAre;
using Kind = JsonTree::Kind;

TEST(JsonTree, members_are_there_in_their_order_whatever_they_are) {
  const auto tree = read_json(R"({"b":"x\u3042","a":[1,-2,true,null],"c":{"d":18446744073709551615}})");
  ASSERT_TRUE(tree) << tree.error().to_text();
  EXPECT_THAT(tree->names, ElementsAre("b", "a", "c"));
  EXPECT_EQ(tree->find("b")->text, "x\u3042");
  const JsonTree& list = *tree->find("a");
  ASSERT_EQ(list.items.size(), 4u);
  EXPECT_EQ(list.items[1].text, "-2");
  EXPECT_EQ(list.items[2].kind, Kind::flag);
  EXPECT_EQ(list.items[3].kind, Kind::null);
  EXPECT_EQ(tree->find("c")->find("d")->text, "18446744073709551615");
  EXPECT_EQ(tree->find("d"), nullptr);
}

TEST(JsonTree, what_is_no_json_is_refused) {
  for (const char* text : {"", "{", "{} x", "{\"a\":}", "/**/{}", "{\"a\":1,}", "\"\xff\""})
    EXPECT_EQ(read_json(text).error().code, ErrorCode::web_malformed) << text;
  EXPECT_FALSE(read_json(std::string(100, '[') + std::string(100, ']')));
}

}  // namespace
}  // namespace gw::api
