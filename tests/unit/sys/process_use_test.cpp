#include "sys/process_use.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <ctime>
#include <string>

namespace gw::sys {
namespace {

// proc(5): 22 numbers behind the name.
const std::string kRest =
    " S 1 2 3 0 -1 4194560 500 0 1 0 250 150 0 0 20 0 1 0 9876 104857600 2560 18446744073709551615";

TEST(ProcessUseTest, is_read_from_what_the_kernel_tells) {
  const ProcessUse use = read_use("1234 (sekisho-proxyd)" + kRest, 4096, 100);
  EXPECT_EQ(use.resident, 2560u * 4096);
  EXPECT_EQ(use.processor, std::chrono::seconds(4));
}

TEST(ProcessUseTest, a_name_with_blanks_and_brackets_moves_nothing) {
  const ProcessUse use = read_use("1234 (a) S 9 9 (b" + std::string(")") + kRest, 4096, 100);
  EXPECT_EQ(use.resident, 2560u * 4096);
}

TEST(ProcessUseTest, what_is_no_such_line_is_nothing) {
  for (const char* text : {"", "1 (a", "1 (a)", "1 (a) S 1 2 3", "x x x"}) {
    EXPECT_EQ(read_use(text, 4096, 100).resident, 0u) << text;
    EXPECT_EQ(read_use(text, 4096, 100).processor.count(), 0) << text;
  }
}

TEST(ProcessUseTest, of_this_process_it_is_what_it_uses) {
  const auto until = std::clock() + CLOCKS_PER_SEC / 20;
  while (std::clock() < until) {
  }
  const ProcessUse use = use_of(::getpid());
  EXPECT_GT(use.resident, 1u << 20);
  EXPECT_GT(use.processor.count(), 0);
  EXPECT_EQ(use_of(0).resident, 0u);
}

}  // namespace
}  // namespace gw::sys
