#include "web/flat_object.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::web {
namespace {

using model::TypedValue;
using Shape = JsonMember::Shape;

TEST(FlatObject, members_are_read_in_their_order_and_kinds) {
  const auto read = read_object(R"( {"a":"x\u00e9","b":7,"c":true,"d":null} )");
  ASSERT_TRUE(read) << read.error().to_text();
  ASSERT_EQ(read->size(), 4u);
  EXPECT_EQ((*read)[0].value, TypedValue::of(std::string("x\u00e9")));
  EXPECT_EQ((*read)[1].value, TypedValue::of(std::uint64_t{7}));
  EXPECT_EQ((*read)[2].value, TypedValue::of(true));
  EXPECT_FALSE((*read)[3].value.is_there());
}

TEST(FlatObject, what_is_deeper_or_no_whole_number_is_strange_and_the_rest_is_read) {
  const auto read = read_object(R"({"a":{"b":[1,{"c":"d"}]},"e":[1],"f":-1,"g":1.5,"h":"i"})");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 5u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ((*read)[i].shape, Shape::strange) << (*read)[i].name;
  EXPECT_EQ((*read)[4].shape, Shape::plain);
  EXPECT_EQ((*read)[4].value.text, "i");
}

TEST(FlatObject, lists_and_objects_of_texts_are_read) {
  const auto read = read_object(
      R"({"a":["x","y"],"b":{"p.pem":"1\n2","q":""},"c":[],"d":["x",1],"e":["x",["y"]],"f":{"g":{}}})");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 6u);
  EXPECT_EQ((*read)[0].shape, Shape::list);
  EXPECT_EQ((*read)[0].value.items, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ((*read)[1].shape, Shape::map);
  EXPECT_EQ((*read)[1].value.items, (std::vector<std::string>{"p.pem", "1\n2", "q", ""}));
  EXPECT_EQ((*read)[2].shape, Shape::list);
  EXPECT_TRUE((*read)[2].value.is_there());
  for (std::size_t i = 3; i < 6; ++i) EXPECT_EQ((*read)[i].shape, Shape::strange) << (*read)[i].name;
}

TEST(FlatObject, a_member_that_is_there_twice_is_shown_twice) {
  const auto read = read_object(R"({"a":1,"a":2})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size(), 2u);
}

TEST(FlatObject, whatever_is_not_one_object_is_refused) {
  for (const char* text :
       {"", "[]", "1", "null", "\"x\"", "{", "{\"a\":1}x", "{\"a\":1}{}", "{\"a\":1,}", "{a:1}",
        "{\"a\":\"\xff\"}", "{\"a\":\"\n\"}", "{\"a\":/**/1}", "{\"a\":NaN}", "{\"a\":1e}"})
    EXPECT_FALSE(read_object(text)) << text;
}

TEST(FlatObject, depth_length_and_count_are_bounded) {
  EXPECT_FALSE(read_object("{\"a\":" + std::string(100, '[') + std::string(100, ']') + "}"));
  std::string list = "{\"a\":[\"x\"";
  for (int i = 0; i < 600; ++i) list += ",\"x\"";
  EXPECT_FALSE(read_object(list + "]}"));
  EXPECT_FALSE(read_object("{\"a\":\"" + std::string(kMostJson, ' ') + "\"}"));
  std::string many = "{\"a\":1";
  for (int i = 0; i < 70; ++i) many += ",\"a\":1";
  EXPECT_FALSE(read_object(many + "}"));
}

}  // namespace
}  // namespace gw::web
