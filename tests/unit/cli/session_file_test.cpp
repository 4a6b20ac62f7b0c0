#include "cli/session_file.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace gw::cli {
namespace {

namespace fs = std::filesystem;

class SessionFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sekisho-session-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    ::setenv("XDG_RUNTIME_DIR", name.c_str(), 1);
    ::unsetenv("SUDO_UID");
  }
  void TearDown() override {
    ::unsetenv("XDG_RUNTIME_DIR");
    fs::remove_all(folder);
  }
  static SessionFile::Kept kept() { return {Secret("0a1b"), Secret("ff")}; }
  static SessionFile open(const std::string& socket = "/run/sekisho/control") {
    return *SessionFile::open(socket);
  }
  fs::path only_file() const { return *fs::directory_iterator(folder / "sekisho"); }

  fs::path folder;
};

TEST_F(SessionFileTest, what_is_kept_is_the_caller_s_alone_until_it_is_removed) {
  EXPECT_FALSE(open().read());
  ASSERT_TRUE(open().write(kept()));
  const auto found = open().read();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->token.view(), "0a1b");
  EXPECT_EQ(found->csrf.view(), "ff");
  struct stat is {};
  ASSERT_EQ(::stat(only_file().c_str(), &is), 0);
  EXPECT_EQ(is.st_mode & 0777u, 0600u);
  ASSERT_EQ(::stat((folder / "sekisho").c_str(), &is), 0);
  EXPECT_EQ(is.st_mode & 0777u, 0700u);
  open().remove();
  EXPECT_FALSE(open().read());
}

TEST_F(SessionFileTest, each_box_and_each_person_behind_sudo_has_his_own) {
  ASSERT_TRUE(open().write(kept()));
  EXPECT_FALSE(open("/run/other/control").read());
  if (::geteuid() != 0) return;
  ::setenv("SUDO_UID", "1234", 1);
  EXPECT_FALSE(open().read());
  ::unsetenv("SUDO_UID");
  EXPECT_TRUE(open().read());
}

TEST_F(SessionFileTest, nothing_is_read_through_a_link_or_from_a_file_that_others_may_read) {
  ASSERT_TRUE(open().write(kept()));
  const fs::path file = only_file();
  fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
  EXPECT_FALSE(open().read());
  fs::permissions(file, fs::perms::group_read, fs::perm_options::remove);
  EXPECT_TRUE(open().read());
  fs::rename(file, folder / "elsewhere");
  fs::create_symlink(folder / "elsewhere", file);
  EXPECT_FALSE(open().read());
  ASSERT_TRUE(open().write(kept())) << "the link is replaced and what it led to is left alone";
  EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(file)));
}

TEST_F(SessionFileTest, a_folder_that_is_open_to_others_or_a_link_is_not_used) {
  fs::create_directory(folder / "sekisho");
  fs::permissions(folder / "sekisho", fs::perms::all);
  const auto open_to_all = SessionFile::open("/s");
  ASSERT_FALSE(open_to_all);
  EXPECT_EQ(open_to_all.error().detail, "sekisho is open to others");
  fs::remove(folder / "sekisho");
  fs::create_directory(folder / "theirs");
  fs::create_directory_symlink(folder / "theirs", folder / "sekisho");
  EXPECT_FALSE(SessionFile::open("/s"));
}

TEST_F(SessionFileTest, what_this_program_did_not_write_is_nothing) {
  ASSERT_TRUE(open().write(kept()));
  for (const char* text : {"", "0a1b", "0a1b\n", "0a1b\nff", "0a1b\n\n", "xyz\nff\n", "0a\nff\n00\n"}) {
    std::ofstream(only_file()) << text;
    EXPECT_FALSE(open().read()) << text;
  }
}

}  // namespace
}  // namespace gw::cli
