#include "web/live_order.h"

#include <gtest/gtest.h>

namespace gw::web {
namespace {

using api::OperationId;
using std::chrono::seconds;

WatchOrder watched(std::string_view json) {
  const auto order = read_order(json);
  const auto* found = std::get_if<WatchOrder>(&order);
  EXPECT_NE(found, nullptr) << json;
  return found != nullptr ? *found : WatchOrder{};
}
Problem problem_in(std::string_view json) {
  const auto order = read_order(json);
  const auto* found = std::get_if<Problem>(&order);
  return found != nullptr ? *found : Problem{ErrorCode::web_not_found, "it was read", ""};
}

TEST(LiveOrder, a_page_names_what_it_watches_and_how_often) {
  const WatchOrder usual = watched(R"({"watch":"permissions.show"})");
  EXPECT_EQ(usual.operation, OperationId::permissions_show);
  EXPECT_EQ(usual.every, WatchOrder::kUsually);
  EXPECT_EQ(watched(R"({"every":60,"watch":"accounts.list","values":{}})").every, seconds(60));
}

TEST(LiveOrder, values_are_members_wherever_they_stand_otherwise) {
  const WatchOrder order = watched(
      R"( { "values" : { "limit" : 50, "event" : "a}\"{", "from" : "1970-01-01T00:00:01Z" } , "watch":"records.find"})");
  EXPECT_EQ(order.values.at(9).number, 50u);
  EXPECT_EQ(order.values.at(5).text, "a}\"{");
  EXPECT_EQ(order.values.at(0).number, 1000u);
  EXPECT_FALSE(order.values.at(1).is_there());
  EXPECT_EQ(watched(R"({"watch":"changes.show","values":{"change":7}})").values.at(0).number, 7u)
      << "of a path";
}

TEST(LiveOrder, a_text_that_reads_like_the_member_is_not_it) {
  EXPECT_EQ(watched(R"({"watch":"records.find","values":{"event":"values"}})").values.at(5).text, "values");
  EXPECT_EQ(problem_in(R"({"watch":"values","every":{"limit":1}})").code, ErrorCode::web_not_live);
  EXPECT_EQ(problem_in(R"({"watch":"records.find","values":"{}"})").pointer, "/body/values");
  EXPECT_EQ(problem_in(R"({"watch":"records.find","values":[{"limit":1}]})").pointer, "/body/values");
}

TEST(LiveOrder, what_is_watched_no_more_is_named_by_its_number) {
  const auto order = read_order(R"({"unwatch":3})");
  const auto* found = std::get_if<UnwatchOrder>(&order);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->number, 3u);
  for (const char* json : {R"({"unwatch":0})", R"({"unwatch":"1"})", R"({"unwatch":4294967296})"})
    EXPECT_EQ(problem_in(json).pointer, "/body/unwatch");
}

TEST(LiveOrder, only_what_changes_nothing_and_asks_for_somebody_is_watched) {
  for (const api::Operation& row : api::operations()) {
    const std::string json = R"({"watch":")" + std::string(row.name) + R"("})";
    const bool is_refused = problem_in(json).code == ErrorCode::web_not_live;
    const bool is_a_file = row.answer == api::AnswerId::Octets;
    EXPECT_EQ(is_refused,
              row.method != api::Method::GET || row.access.kind == api::Access::Kind::anyone || is_a_file)
        << json;
  }
  EXPECT_EQ(problem_in(R"({"watch":7})").code, ErrorCode::web_not_live);
}

TEST(LiveOrder, mistakes_are_pointed_at) {
  const struct {
    const char* json;
    ErrorCode code;
    const char* pointer;
  } kCases[] = {
      {"", ErrorCode::web_malformed, ""},
      {"[]", ErrorCode::web_malformed, ""},
      {"{}", ErrorCode::web_value, "/body/watch"},
      {R"({"every":1})", ErrorCode::web_value, "/body/watch"},
      {R"({"watch":"accounts.list","every":0})", ErrorCode::web_value, "/body/every"},
      {R"({"watch":"accounts.list","every":61})", ErrorCode::web_value, "/body/every"},
      {R"({"watch":"accounts.list","every":"1"})", ErrorCode::web_value, "/body/every"},
      {R"({"watch":"accounts.list","often":1})", ErrorCode::web_value, "/body/?"},
      {R"({"watch":"accounts.list","watch":"accounts.list"})", ErrorCode::web_value, "/body/watch"},
      {R"({"watch":"records.find","values":{"limit":0}})", ErrorCode::web_value, "/query/limit"},
      {R"({"watch":"records.find","values":{"limit":1,"limit":2}})", ErrorCode::web_value, "/query/limit"},
      {R"({"watch":"records.find","values":{"x":1}})", ErrorCode::web_value, "/body/x"},
      {R"({"watch":"changes.show"})", ErrorCode::web_value, "/path/change"},
  };
  for (const auto& one : kCases) {
    const Problem problem = problem_in(one.json);
    EXPECT_EQ(problem.code, one.code) << one.json;
    EXPECT_EQ(problem.pointer, one.pointer) << one.json;
  }
}

}  // namespace
}  // namespace gw::web
