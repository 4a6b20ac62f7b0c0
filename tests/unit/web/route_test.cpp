#include "web/route.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::web {
namespace {

using api::OperationId;

std::string with_values(std::string_view path) {
  std::string out(api::kRoot);
  for (; !path.empty(); path.remove_prefix(1)) {
    if (path.front() == '{') {
      out += "v-1";
      path.remove_prefix(path.find('}'));
    } else {
      out += path.front();
    }
  }
  return out;
}

TEST(Route, every_row_of_the_contract_is_found) {
  for (const api::Operation& row : api::operations()) {
    const auto route = find_route(api::to_string(row.method), with_values(row.path));
    ASSERT_TRUE(route) << row.name;
    EXPECT_EQ(route->operation, row.id) << row.name;
  }
}

TEST(Route, what_stands_in_a_parameters_place_is_kept_as_written) {
  const auto route = find_route("PUT", "/api/v1/accounts/m%2dsato/role");
  ASSERT_TRUE(route);
  EXPECT_THAT(route->path_values, testing::ElementsAre("m%2dsato"));
}

TEST(Route, there_is_one_spelling_of_each_path) {
  for (const char* path :
       {"", "/", "/api", "/api/v1", "/api/v1/", "/api/v1/session/", "/api/v1//session", "/session",
        "/api/v1/Session", "/api/v1x/session", "/api/v2/session", "/api/v1/session/x",
        "/api/v1/accounts//role", "/api/v1/accounts/a/b/role", "/api/v1/./session"})
    EXPECT_FALSE(find_route("GET", path) || find_route("PUT", path)) << path;
}

TEST(Route, another_method_is_told_which_there_are) {
  EXPECT_FALSE(find_route("PUT", "/api/v1/session"));
  EXPECT_FALSE(find_route("get", "/api/v1/session"));
  EXPECT_EQ(methods_of("/api/v1/session"), "POST, GET, DELETE");
  EXPECT_EQ(methods_of("/api/v1/nothing"), "");
}

}  // namespace
}  // namespace gw::web
