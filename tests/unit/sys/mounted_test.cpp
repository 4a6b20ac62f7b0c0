#include "sys/mounted.h"

#include <gtest/gtest.h>

namespace gw::sys {
namespace {

TEST(Mounted, root_of_a_mount_is_told_from_a_folder_in_it_and_from_none) {
  EXPECT_TRUE(is_mounted("/proc"));
  EXPECT_FALSE(is_mounted("/proc/sys/kernel"));
  EXPECT_FALSE(is_mounted("/proc/nowhere"));
}

}  // namespace
}  // namespace gw::sys
