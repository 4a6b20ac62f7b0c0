// Room that is set aside for the day on which the disk is full (LOG-03).

#include "store/reserve.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace gw::store {
namespace {

constexpr std::uint64_t kOctets = 1u << 20;

class ReserveTest : public testing::Test {
 protected:
  ReserveTest() {
    std::string pattern = "/tmp/gw-reserve-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  ~ReserveTest() override { std::filesystem::remove_all(folder_); }

  /// What the file takes on the disk.
  std::uint64_t taken() const {
    struct stat found {};
    ::stat((folder_ / "reserve").c_str(), &found);
    return static_cast<std::uint64_t>(found.st_blocks) * 512;
  }
  std::filesystem::path folder_;
};

TEST_F(ReserveTest, it_takes_its_room_at_once_and_gives_all_of_it_back) {
  Reserve reserve(folder_, kOctets);
  EXPECT_EQ(reserve.state(), Reserve::State::whole);
  EXPECT_GE(taken(), kOctets);
  ASSERT_TRUE(reserve.release());
  EXPECT_EQ(reserve.state(), Reserve::State::spent);
  EXPECT_EQ(taken(), 0u);
  reserve.set_aside();
  EXPECT_EQ(reserve.state(), Reserve::State::whole);
  EXPECT_GE(taken(), kOctets);
}

TEST_F(ReserveTest, the_next_run_finds_what_the_last_one_set_aside) {
  { const Reserve before(folder_, kOctets); }
  const auto written = std::filesystem::last_write_time(folder_ / "reserve");
  const Reserve reserve(folder_, kOctets);
  EXPECT_EQ(reserve.state(), Reserve::State::whole);
  EXPECT_EQ(std::filesystem::last_write_time(folder_ / "reserve"), written);
}

/// A file with a hole in it looks as large and holds nothing.
TEST_F(ReserveTest, a_file_without_its_blocks_is_no_reserve) {
  std::ofstream(folder_ / "reserve").close();
  std::filesystem::resize_file(folder_ / "reserve", kOctets);
  ASSERT_EQ(taken(), 0u);
  const Reserve reserve(folder_, kOctets);
  EXPECT_EQ(reserve.state(), Reserve::State::whole);
  EXPECT_GE(taken(), kOctets);
}

TEST_F(ReserveTest, more_than_half_of_what_is_left_is_not_set_aside) {
  const auto left = room_left(folder_);
  ASSERT_TRUE(left);
  Reserve reserve(folder_, *left);
  EXPECT_EQ(reserve.state(), Reserve::State::spent);
  reserve.set_aside();
  EXPECT_EQ(reserve.state(), Reserve::State::spent);
  EXPECT_EQ(taken(), 0u);
}

TEST_F(ReserveTest, a_folder_that_is_not_there_has_none) {
  EXPECT_FALSE(room_left(folder_ / "nowhere"));
  EXPECT_EQ(Reserve(folder_ / "nowhere", kOctets).state(), Reserve::State::spent);
}

}  // namespace
}  // namespace gw::store
