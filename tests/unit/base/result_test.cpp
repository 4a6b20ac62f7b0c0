#include "base/result.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <vector>

namespace gw {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return Error{ErrorCode::text_malformed, "odd"};
  return number / 2;
}

Result<int> quarter(int number) {
  GW_TRY(const int once, half(number));
  GW_TRY(const int twice, half(once));
  return twice;
}

Result<> check_even(int number) {
  GW_TRY(half(number));
  return Done{};
}

TEST(ResultTest, a_value_is_a_success) {
  const auto result = half(6);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, 3);
}

TEST(ResultTest, the_first_error_is_the_callers_error) {
  const auto result = quarter(6);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::text_malformed);
  EXPECT_EQ(result.error().detail, "odd");
  EXPECT_EQ(*quarter(8), 2);
}

TEST(ResultTest, success_without_a_value_passes_errors_on_too) {
  EXPECT_TRUE(check_even(2));
  EXPECT_FALSE(check_even(3));
}

TEST(ResultTest, a_value_that_only_moves_can_be_moved_out) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> value = *std::move(result);
  EXPECT_EQ(*value, 5);
}

TEST(ResultDeathTest, reading_the_side_that_is_not_there_ends_the_process) {
  EXPECT_DEATH(static_cast<void>(*half(3)), "failure");
  EXPECT_DEATH(static_cast<void>(half(2).error()), "success");
}

TEST(ErrorTest, the_text_is_the_stable_id_and_the_detail) {
  EXPECT_EQ((Error{ErrorCode::message_malformed}).to_text(), "message.malformed");
  EXPECT_EQ((Error{ErrorCode::message_malformed, "cut off"}).to_text(), "message.malformed: cut off");
}

TEST(ErrorTest, every_code_has_an_id_of_its_own) {
  std::vector<std::string_view> ids;
  for (std::uint16_t code = 0; code < error_code_count(); ++code)
    ids.push_back(to_string(static_cast<ErrorCode>(code)));
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
  EXPECT_FALSE(ids.front().empty());
}

TEST(ErrorTest, a_failed_system_call_names_the_call_and_the_reason) {
  EXPECT_EQ(system_error("connect", ECONNREFUSED).detail, "connect: Connection refused");
}

}  // namespace
}  // namespace gw
