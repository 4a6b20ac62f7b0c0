// An image that is fetched piece by piece: where it goes on, when it counts, and what it may take of the
// disk.

#include "control/image_shelf.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "pki/certificate.h"

namespace gw::control {
namespace {

using Stage = ImageShelf::Stage;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::uint64_t kPiece = 48u << 10;

class ImageShelfTest : public testing::Test {
 protected:
  ImageShelfTest() {
    std::string pattern = "/tmp/gw-image-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    for (std::size_t i = 0; image_.size() < 10 * kPiece + 7; ++i)
      image_ += static_cast<char>(i * 31 + i / 251);
    digest_ = to_hex(pki::sha256_of(as_bytes(image_)));
    reopen();
  }
  ~ImageShelfTest() override { std::filesystem::remove_all(folder_); }

  void reopen(std::uint64_t leave = 0) {
    shelf_.emplace(UniqueFd(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)), leave);
  }
  /// As controld does it round after round.
  void look() {
    for (int i = 0; i < 100 && shelf_->is_looking(); ++i) shelf_->step();
  }
  /// A piece of what the edge has, where the box asks for it. False: it asks for none.
  bool fetch(const std::string& from, std::uint64_t most = kPiece) {
    const ipc::noc::Image wanted = shelf_->next();
    if (wanted.sha256.empty()) return false;
    EXPECT_EQ(wanted.sha256, digest_);
    return put(from, wanted.at, most);
  }
  bool put(const std::string& from, std::uint64_t at, std::uint64_t most = kPiece) {
    const Bytes octets =
        as_bytes(std::string_view(from).substr(std::min<std::size_t>(at, from.size()), most));
    return static_cast<bool>(shelf_->put({at, from.size(), {octets.begin(), octets.end()}}));
  }
  void fetch_all(const std::string& from) {
    while (fetch(from)) look();
    look();
  }
  std::vector<std::string> files() const {
    std::vector<std::string> out;
    for (const auto& one : std::filesystem::directory_iterator(folder_)) out.push_back(one.path().filename());
    return out;
  }
  std::string whole_file() const {
    std::ifstream file(folder_ / ImageShelf::kWhole);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::filesystem::path folder_;
  std::string image_{}, digest_{};
  std::optional<ImageShelf> shelf_;
};

TEST_F(ImageShelfTest, what_nobody_wants_is_neither_asked_for_nor_taken) {
  EXPECT_FALSE(fetch(image_));
  shelf_->want("");
  EXPECT_FALSE(fetch(image_));
  EXPECT_TRUE(put(image_, 0));
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(ImageShelfTest, pieces_become_the_file_that_was_offered) {  // UPD-01
  shelf_->want(digest_);
  EXPECT_EQ(shelf_->stage(), Stage::fetching);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(fetch(image_));
  EXPECT_EQ(shelf_->have(), 3 * kPiece);
  EXPECT_EQ(shelf_->whole(), image_.size());
  EXPECT_THAT(files(), UnorderedElementsAre(digest_ + ".part")) << "nothing to be installed yet";
  fetch_all(image_);
  EXPECT_EQ(shelf_->stage(), Stage::whole);
  EXPECT_THAT(files(), UnorderedElementsAre(ImageShelf::kWhole));
  EXPECT_EQ(whole_file(), image_);
  EXPECT_FALSE(fetch(image_)) << "it is here";
}

TEST_F(ImageShelfTest, it_goes_on_where_it_was_whatever_happened_meanwhile) {
  shelf_->want(digest_);
  for (int i = 0; i < 4; ++i) fetch(image_);
  reopen();
  shelf_->want(digest_);
  look();
  EXPECT_EQ(shelf_->next().at, 4 * kPiece);
  fetch(image_);
  std::filesystem::resize_file(folder_ / (digest_ + ".part"), 2 * kPiece + 5);  // as after a cut of the power
  reopen();
  shelf_->want(digest_);
  look();
  EXPECT_EQ(shelf_->next().at, 2 * kPiece + 5);
  fetch_all(image_);
  EXPECT_EQ(shelf_->stage(), Stage::whole);
  EXPECT_EQ(whole_file(), image_);
}

TEST_F(ImageShelfTest, what_is_whole_is_looked_at_once_more_when_the_box_starts) {
  shelf_->want(digest_);
  fetch_all(image_);
  reopen();
  shelf_->want(digest_);
  EXPECT_EQ(shelf_->stage(), Stage::looking);
  look();
  EXPECT_EQ(shelf_->stage(), Stage::whole);
  std::ofstream(folder_ / ImageShelf::kWhole, std::ios::in | std::ios::out).put('!');
  reopen();
  shelf_->want(digest_);
  look();
  EXPECT_EQ(shelf_->stage(), Stage::fetching);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(ImageShelfTest, a_file_that_was_whole_but_for_its_name_counts_when_the_box_is_back) {
  std::ofstream(folder_ / (digest_ + ".part")) << image_;
  shelf_->want(digest_);
  look();
  EXPECT_EQ(shelf_->stage(), Stage::whole);
}

TEST_F(ImageShelfTest, one_changed_octet_is_refused_and_fetched_anew_a_few_times) {
  std::string changed = image_;
  changed[5 * kPiece] = static_cast<char>(changed[5 * kPiece] ^ 1);
  shelf_->want(digest_);
  for (int i = 1; i < ImageShelf::kMostTries; ++i) {
    while (shelf_->have() < image_.size()) ASSERT_TRUE(fetch(changed));
    look();
    EXPECT_EQ(shelf_->stage(), Stage::fetching);
    EXPECT_EQ(shelf_->have(), 0u);
    EXPECT_THAT(files(), IsEmpty());
  }
  while (fetch(changed)) look();
  EXPECT_EQ(shelf_->stage(), Stage::unfit);
  EXPECT_THAT(files(), IsEmpty());
  EXPECT_FALSE(fetch(image_));
  shelf_->want("");
  shelf_->want(digest_);
  fetch_all(image_);
  EXPECT_EQ(shelf_->stage(), Stage::whole) << "offered once more";
}

TEST_F(ImageShelfTest, one_that_is_shorter_than_what_is_here_is_another) {
  shelf_->want(digest_);
  for (int i = 0; i < 4; ++i) fetch(image_);
  ASSERT_TRUE(fetch(image_.substr(0, kPiece)));  // no octets: the edge has none there
  EXPECT_EQ(shelf_->next().at, 0u);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(ImageShelfTest, one_that_is_too_large_is_not_begun) {
  shelf_->want(digest_);
  ASSERT_EQ(shelf_->next().at, 0u);
  EXPECT_TRUE(shelf_->put({0, ImageShelf::kMostImage + 1, {1, 2, 3}}));
  EXPECT_EQ(shelf_->stage(), Stage::unfit);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(ImageShelfTest, whoever_hands_over_more_than_the_image_has_is_no_agent) {
  shelf_->want(digest_);
  shelf_->next();
  EXPECT_FALSE(shelf_->put({0, 2, {1, 2, 3}}));
}

TEST_F(ImageShelfTest, what_was_asked_for_before_another_one_was_wanted_is_passed_over) {
  shelf_->want(digest_);
  shelf_->next();
  const std::string another(64, 'e');
  shelf_->want(another);
  EXPECT_TRUE(put(image_, 0));
  EXPECT_EQ(shelf_->have(), 0u);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(ImageShelfTest, a_piece_of_another_place_is_passed_over) {
  shelf_->want(digest_);
  fetch(image_);
  shelf_->next();
  EXPECT_TRUE(put(image_, 3 * kPiece));
  EXPECT_EQ(shelf_->next().at, kPiece);
  EXPECT_TRUE(put(image_, 0));
  EXPECT_EQ(shelf_->next().at, kPiece);
}

TEST_F(ImageShelfTest, what_is_wanted_no_more_goes) {
  shelf_->want(digest_);
  fetch(image_);
  std::ofstream(folder_ / (std::string(64, 'f') + ".part")) << "left by a former run";
  shelf_->want("");
  EXPECT_THAT(files(), IsEmpty());
  shelf_->want(digest_);
  fetch_all(image_);
  reopen();
  shelf_->want("");
  EXPECT_THAT(files(), IsEmpty()) << "whole ones too, once the slot has it";
}

TEST_F(ImageShelfTest, the_disk_keeps_room_for_everything_else) {  // LOG-03
  reopen(std::uint64_t{1} << 62);
  shelf_->want(digest_);
  EXPECT_FALSE(fetch(image_));
  EXPECT_EQ(shelf_->stage(), Stage::no_room);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(ImageShelfTest, no_link_is_followed) {
  const std::filesystem::path target = folder_.string() + ".target";
  std::ofstream(target) << image_;
  std::filesystem::create_symlink(target, folder_ / ImageShelf::kWhole);
  shelf_->want(digest_);
  look();
  EXPECT_EQ(shelf_->stage(), Stage::fetching);
  std::filesystem::remove(target);
}

/// A folder stands where it would be named: a line is not filled for ever with what nothing comes of.
TEST_F(ImageShelfTest, what_cannot_be_kept_is_given_up_as_what_came_out_wrong_is) {
  std::filesystem::create_directory(folder_ / ImageShelf::kWhole);
  shelf_->want(digest_);
  const std::size_t pieces = ImageShelf::kMostTries * (image_.size() / kPiece + 1);
  for (std::size_t i = 0; i < pieces && fetch(image_); ++i) look();
  EXPECT_FALSE(fetch(image_));
  EXPECT_EQ(shelf_->stage(), Stage::unfit);
}

}  // namespace
}  // namespace gw::control
