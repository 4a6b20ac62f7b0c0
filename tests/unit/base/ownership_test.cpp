#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <utility>

#include "base/fd.h"
#include "base/secret.h"

namespace gw {
namespace {

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }
UniqueFd some_descriptor() { return UniqueFd(::dup(STDERR_FILENO)); }

TEST(UniqueFdTest, closes_at_its_end) {
  int number = -1;
  {
    const UniqueFd fd = some_descriptor();
    number = fd.get();
    EXPECT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
}

TEST(UniqueFdTest, a_move_leaves_one_owner) {
  UniqueFd first = some_descriptor();
  const int number = first.get();
  UniqueFd second = std::move(first);
  EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(second.get(), number);
  UniqueFd third = some_descriptor();
  const int replaced = third.get();
  third = std::move(second);
  EXPECT_FALSE(is_open(replaced));
  EXPECT_TRUE(is_open(number));
}

TEST(UniqueFdTest, what_is_released_stays_open) {
  UniqueFd fd = some_descriptor();
  const int number = fd.release();
  EXPECT_FALSE(fd);
  EXPECT_TRUE(is_open(number));
  ::close(number);
}

TEST(SecretTest, wipe_overwrites) {
  std::array<char, 16> memory;
  memory.fill('k');
  wipe(memory.data(), memory.size());
  for (const char octet : memory) EXPECT_EQ(octet, 0);
}

TEST(SecretTest, a_move_leaves_nothing_behind_even_of_a_short_secret) {
  for (const std::string& key : {std::string("short"), std::string(100, 'k')}) {
    Secret first(key);
    const Secret second(std::move(first));
    EXPECT_EQ(second.view(), key);
    EXPECT_TRUE(first.view().empty());  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(std::string(first.view().data(), 1)[0], '\0');
  }
}

}  // namespace
}  // namespace gw
