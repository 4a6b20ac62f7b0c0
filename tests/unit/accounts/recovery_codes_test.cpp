#include "accounts/recovery_codes.h"

#include <gtest/gtest.h>

namespace gw::accounts {
namespace {

TEST(RecoveryCodesTest, each_is_found_at_its_place) {
  const RecoveryCodes made = make_recovery_codes();
  ASSERT_EQ(made.codes.size(), kRecoveryCodes);
  ASSERT_EQ(made.hashes.size(), kRecoveryCodes);
  for (std::size_t i = 0; i < kRecoveryCodes; ++i)
    EXPECT_EQ(find_recovery_code(made.hashes, made.codes[i].view()), i);
}

TEST(RecoveryCodesTest, one_that_was_taken_out_is_found_no_more) {
  RecoveryCodes made = make_recovery_codes();
  made.hashes.erase(made.hashes.begin() + 3);
  EXPECT_FALSE(find_recovery_code(made.hashes, made.codes[3].view()));
  EXPECT_EQ(find_recovery_code(made.hashes, made.codes[4].view()), 3u);
}

TEST(RecoveryCodesTest, where_none_is_left_nothing_fits) {
  EXPECT_FALSE(find_recovery_code({}, ""));
  EXPECT_FALSE(find_recovery_code({}, make_recovery_codes().codes[0].view()));
}

}  // namespace
}  // namespace gw::accounts
