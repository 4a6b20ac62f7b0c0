#include "sys/slate.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string_view>

namespace gw::sys {
namespace {

class SlateTest : public testing::Test {
 protected:
  SlateTest() : path(testing::TempDir() + "slate" + std::to_string(::getpid())), slate(*make_slate(path)) {}
  ~SlateTest() override { std::filesystem::remove(path); }
  void write(std::string_view text) { ASSERT_TRUE(write_slate(slate.get(), as_bytes(text))); }
  std::string read() const { return std::string(as_text(read_slate(find_slate(path).get()))); }

  std::string path;
  UniqueFd slate;
};

TEST_F(SlateTest, what_was_written_last_is_read_however_often) {
  EXPECT_EQ(read(), "");
  write("a long message");
  EXPECT_EQ(read(), "a long message");
  write("short");
  EXPECT_EQ(read(), "short");
  EXPECT_EQ(read(), "short");
}

TEST_F(SlateTest, whatever_octet_is_not_written_yet_nothing_is_read) {
  write("the message before");
  const auto size = static_cast<off_t>(std::filesystem::file_size(path));
  for (off_t at = 0; at < size; ++at) {
    char octet = 0;
    ASSERT_EQ(::pread(slate.get(), &octet, 1, at), 1);
    const char other = static_cast<char>(octet ^ 0x20);
    ASSERT_EQ(::pwrite(slate.get(), &other, 1, at), 1);
    EXPECT_EQ(read(), "") << at;
    ASSERT_EQ(::pwrite(slate.get(), &octet, 1, at), 1);
  }
  EXPECT_EQ(read(), "the message before");
}

TEST_F(SlateTest, its_owner_alone_reads_it_and_one_that_nobody_made_is_none) {
  struct stat file {};
  ASSERT_EQ(::stat(path.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777u, 0600u);
  EXPECT_FALSE(find_slate(path + ".other"));
}

TEST_F(SlateTest, largest_message_fits) {
  const std::string largest(kMostSlate, 'x');
  write(largest);
  EXPECT_EQ(read(), largest);
}

}  // namespace
}  // namespace gw::sys
