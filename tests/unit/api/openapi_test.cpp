#include "api/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace gw::api {
namespace {

/// The reviewed document. Whoever changes the table on purpose replaces it by what this test writes beside
/// its program, and says so in the change.
TEST(OpenApi, the_document_in_the_repository_is_the_tables) {
  std::ifstream file(GW_SOURCE_DIR "/gateway/api/openapi.json");
  std::stringstream kept;
  kept << file.rdbuf();
  const std::string made = openapi_text();
  if (kept.str() != made) std::ofstream("openapi.json") << made;
  EXPECT_TRUE(kept.str() == made) << "openapi.json beside this test's program is what the table says now";
}

TEST(OpenApi, a_change_has_to_show_the_token_and_a_reader_has_not) {
  const std::string made = openapi_text();
  const auto about = [&](const std::string& id) {
    const std::size_t at = made.find("{\"operationId\":\"" + id + "\"");
    return made.substr(at, made.find('\n', at) - at);
  };
  EXPECT_THAT(about("accounts.disable"), testing::HasSubstr("X-CSRF-Token"));
  EXPECT_THAT(about("accounts.list"), testing::Not(testing::HasSubstr("X-CSRF-Token")));
  EXPECT_THAT(about("session.open"), testing::HasSubstr("\"security\":[]"));
  EXPECT_THAT(about("records.find"),
              testing::HasSubstr("\"x-roles\":[\"clinic_admin\",\"approver\",\"auditor\"]"));
}

}  // namespace
}  // namespace gw::api
