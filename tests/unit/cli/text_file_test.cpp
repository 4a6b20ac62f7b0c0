#include "cli/text_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

namespace gw::cli {
namespace {

namespace fs = std::filesystem;
using testing::UnorderedElementsAre;

class TextFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string made = testing::TempDir() + "text_file_XXXXXX";
    ASSERT_NE(::mkdtemp(made.data()), nullptr);
    folder = made;
  }
  void TearDown() override { fs::remove_all(folder); }
  std::string path(const std::string& name) const { return (folder / name).string(); }
  std::string contents(const std::string& name) const {
    std::ifstream stream(path(name));
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& each : fs::directory_iterator(folder)) out.push_back(each.path().filename());
    return out;
  }

  fs::path folder;
};

TEST_F(TextFileTest, the_one_before_is_kept_and_nothing_else) {
  for (const char* content : {"first", "second", "third"})
    ASSERT_TRUE(write_in_place(path("chain.pem"), content, 0644));
  EXPECT_EQ(contents("chain.pem"), "third");
  EXPECT_EQ(contents("chain.pem.previous"), "second");
  EXPECT_THAT(names(), UnorderedElementsAre("chain.pem", "chain.pem.previous"));
  EXPECT_EQ(fs::status(path("chain.pem")).permissions(), static_cast<fs::perms>(0644));
}

TEST_F(TextFileTest, two_who_write_at_once_do_not_mix_and_do_not_fail) {
  constexpr int kTimes = 50;
  const std::string sizes[] = {std::string(200'000, 'a'), std::string(100'000, 'b')};
  std::vector<int> failures(2);
  const auto write_often = [&](std::size_t who) {
    for (int i = 0; i < kTimes; ++i) failures[who] += !write_in_place(path("chain.pem"), sizes[who], 0644);
  };
  std::thread other([&] { write_often(1); });
  write_often(0);
  other.join();
  EXPECT_EQ(failures, (std::vector<int>{0, 0}));
  for (const char* name : {"chain.pem", "chain.pem.previous"})
    EXPECT_TRUE(contents(name) == sizes[0] || contents(name) == sizes[1]) << name << " is whole";
  EXPECT_THAT(names(), UnorderedElementsAre("chain.pem", "chain.pem.previous"));
}

}  // namespace
}  // namespace gw::cli
