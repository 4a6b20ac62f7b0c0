#include "web/question.h"

#include <gtest/gtest.h>

namespace gw::web {
namespace {

using api::OperationId;
using api::TypedValue;
using api::TypedValues;

Problem problem_in(const Route& route, const Written& written) {
  auto read = read_values(route, written);
  const auto* problem = std::get_if<Problem>(&read);
  return problem != nullptr ? *problem : Problem{ErrorCode::web_not_found, "it was read", ""};
}
Written body(std::string_view json) { return {{}, "application/json; charset=utf-8", json}; }

TEST(Question, values_come_in_the_order_of_the_contract) {
  const auto read =
      read_values({OperationId::session_open, {}}, body(R"({"code":"1","password":"p","name":"n"})"));
  const auto* values = std::get_if<TypedValues>(&read);
  ASSERT_NE(values, nullptr);
  ASSERT_EQ(values->size(), 3u);
  EXPECT_EQ((*values)[0].text, "n");
  EXPECT_EQ((*values)[1].text, "p");
  EXPECT_EQ((*values)[2].text, "1");
}

TEST(Question, path_query_and_times_are_read) {
  const auto role = read_values({OperationId::accounts_role, {"m%2dsato"}},
                                body(R"({"role":"maintainer","ends":"2026-11-30T09:00:00+09:00"})"));
  const auto* values = std::get_if<TypedValues>(&role);
  ASSERT_NE(values, nullptr);
  EXPECT_EQ((*values)[0].text, "m-sato");
  EXPECT_EQ((*values)[2].number, 1795996800000u);
  const auto records = read_values({OperationId::records_find, {}},
                                   {"limit=7&event=session.closed&from=1970-01-01T00%3A00%3A01Z", {}, {}});
  const auto* query = std::get_if<TypedValues>(&records);
  ASSERT_NE(query, nullptr);
  EXPECT_EQ((*query)[0].number, 1000u);
  EXPECT_EQ((*query)[5].text, "session.closed");
  EXPECT_EQ((*query)[9].number, 7u);
}

struct Mistake {
  const char* json;
  const char* detail;
  const char* pointer;
};
TEST(Question, a_mistake_is_told_with_its_place) {
  constexpr Mistake kMistakes[] = {
      {R"({"name":"n"})", "missing", "/body/password"},
      {R"({"name":"n","password":null})", "missing", "/body/password"},
      {R"({"name":7,"password":"p"})", "wrong_type", "/body/name"},
      {R"({"name":{"a":1},"password":"p"})", "wrong_type", "/body/name"},
      {R"({"name":"n","password":"p","admin":true})", "unknown", "/body/admin"},
      {R"({"name":"n","name":"m","password":"p"})", "repeated", "/body/name"},
      {R"({"name":"n","name":null,"password":"p"})", "repeated", "/body/name"},
      {R"({"name":"n","password":""})", "too_short", "/body/password"},
      {"{\"name\":\"n\",\"\xe3\x81\x82\":1}", "unknown", "/body/?"},
  };
  for (const Mistake& one : kMistakes) {
    const Problem problem = problem_in({OperationId::session_open, {}}, body(one.json));
    EXPECT_EQ(problem.code, ErrorCode::web_value) << one.json;
    EXPECT_EQ(problem.detail, one.detail) << one.json;
    EXPECT_EQ(problem.pointer, one.pointer) << one.json;
  }
}

TEST(Question, a_body_is_json_and_says_so) {
  EXPECT_EQ(problem_in({OperationId::session_open, {}}, {{}, "text/plain", "{}"}).code, ErrorCode::web_media);
  EXPECT_EQ(problem_in({OperationId::session_open, {}}, {{}, "application/jsonx", "{}"}).code,
            ErrorCode::web_media);
  EXPECT_EQ(problem_in({OperationId::session_open, {}}, body("[]")).code, ErrorCode::web_malformed);
  EXPECT_EQ(problem_in({OperationId::session_open, {}}, {}).detail, "missing") << "nothing at all";
}

TEST(Question, a_query_that_nobody_asked_for_is_refused) {
  EXPECT_EQ(problem_in({OperationId::session_show, {}}, {"x=1", {}, {}}).pointer, "/query/x");
  EXPECT_EQ(problem_in({OperationId::records_find, {}}, {"limit=1&limit=2", {}, {}}).detail, "repeated");
  EXPECT_EQ(problem_in({OperationId::records_find, {}}, {"limit=1001", {}, {}}).detail, "out_of_range");
  EXPECT_EQ(problem_in({OperationId::records_find, {}}, {"limit=x", {}, {}}).detail, "malformed");
  EXPECT_EQ(problem_in({OperationId::records_find, {}}, {"limit=%4", {}, {}}).code, ErrorCode::web_malformed);
  EXPECT_EQ(problem_in({OperationId::accounts_disable, {"..%2f"}}, {}).pointer, "/path/name");
}

TEST(Question, percents_are_decoded_once_and_strictly) {
  EXPECT_EQ(percent_decoded("a%20b%2F%2f"), "a b//");
  EXPECT_EQ(percent_decoded("%2541"), "%41");
  for (const char* text : {"%", "%4", "%4g", "%g4", "a%"})
    EXPECT_EQ(percent_decoded(text), std::nullopt) << text;
  EXPECT_FALSE(read_query(std::string(64, '&')));
}

}  // namespace
}  // namespace gw::web
