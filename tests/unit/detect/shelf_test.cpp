// What was detected stands in the database, with who has seen to it (IDS-04).

#include "detect/shelf.h"

#include <stdlib.h>

#include <filesystem>

#include "detect/schema.h"
#include "unit/detect/said.h"

namespace gw::detect {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::SizeIs;

class ShelfTest : public testing::Test {
 protected:
  ShelfTest() {
    std::string pattern = "/tmp/gw-detect-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    database_.emplace(*store::Database::open(folder_ + "/box.db", kMigrations));
    shelf_.emplace(*database_);
  }
  ~ShelfTest() override {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  static Episode episode(std::uint64_t number, Kind kind = Kind::port_scan, bool is_over = false) {
    return {number, kind, "karte", "10.1.1.9", "last 10.1.1.1", at(seconds(0)), at(seconds(5)), 3, is_over};
  }
  std::string folder_;
  std::optional<store::Database> database_;
  std::optional<Shelf> shelf_;
};

TEST_F(ShelfTest, what_stands_is_found_again_as_it_was) {
  EXPECT_EQ(*shelf_->next_number(), 1u);
  ASSERT_TRUE(shelf_->put(episode(1)));
  ASSERT_TRUE(shelf_->put(episode(2, Kind::two_places, true)));
  const auto standing = shelf_->standing();
  ASSERT_TRUE(standing);
  ASSERT_THAT(*standing, SizeIs(1));
  const Episode& one = standing->front();
  EXPECT_EQ(one.kind, Kind::port_scan);
  EXPECT_EQ(one.tenant + one.subject + one.detail, "karte10.1.1.9last 10.1.1.1");
  EXPECT_EQ(one.last, at(seconds(5)));
  EXPECT_EQ(one.count, 3u);
  EXPECT_EQ(*shelf_->next_number(), 3u);
}

TEST_F(ShelfTest, who_has_seen_to_it_stays_when_it_goes_on) {
  ASSERT_TRUE(shelf_->put(episode(1)));
  ASSERT_TRUE(shelf_->see(1, at(seconds(60)), "sato", "the copier, it is off"));
  Episode later = episode(1);
  later.count = 9;
  ASSERT_TRUE(shelf_->put(later));
  const auto found = shelf_->find(1);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->episode.count, 9u);
  EXPECT_EQ((*found)->seen, at(seconds(60)));
  EXPECT_EQ((*found)->seen_by + (*found)->note, "satothe copier, it is off");
  EXPECT_THAT(*shelf_->unseen(10), SizeIs(0));
  EXPECT_FALSE(*shelf_->find(2));
}

TEST_F(ShelfTest, what_is_grave_is_overdue_once) {
  ASSERT_TRUE(shelf_->put(episode(1)));
  ASSERT_TRUE(shelf_->put(episode(2, Kind::egress_name)));
  EXPECT_THAT(*shelf_->overdue(Severity::grave, at(seconds(-1))), SizeIs(0));
  EXPECT_THAT(*shelf_->overdue(Severity::grave, at(minutes(30))), SizeIs(1));
  ASSERT_TRUE(shelf_->remind(1));
  EXPECT_THAT(*shelf_->overdue(Severity::grave, at(minutes(30))), SizeIs(0));
  const auto counts = shelf_->unseen_counts();
  ASSERT_TRUE(counts);
  EXPECT_EQ((*counts)[0], 1u);
  EXPECT_EQ((*counts)[1], 1u);
}

TEST_F(ShelfTest, a_bounded_number_is_kept_and_what_nobody_has_seen_to_the_longest) {
  auto transaction = store::Transaction::begin(*database_);
  for (std::uint64_t n = 1; n <= Shelf::kMostOfKind + 10; ++n)
    ASSERT_TRUE(shelf_->put(episode(n, Kind::port_scan, n > 2)));
  for (std::uint64_t n = 4; n <= 100; ++n) ASSERT_TRUE(shelf_->see(n, at(seconds(9)), "sato", "seen"));
  ASSERT_TRUE(transaction->commit());
  ASSERT_TRUE(shelf_->trim());
  const auto left = shelf_->newest(10'000);
  ASSERT_TRUE(left);
  EXPECT_THAT(*left, SizeIs(Shelf::kMostOfKind));
  for (const std::uint64_t stays : {1, 2, 3}) EXPECT_TRUE(*shelf_->find(stays)) << stays;
  EXPECT_FALSE(*shelf_->find(4)) << "seen, over, and the oldest of those";
}

TEST_F(ShelfTest, a_flood_of_one_kind_makes_no_other_go) {
  auto transaction = store::Transaction::begin(*database_);
  ASSERT_TRUE(shelf_->put(episode(1, Kind::two_places, true)));
  ASSERT_TRUE(shelf_->see(1, at(seconds(9)), "sato", "blocked"));
  for (std::uint64_t n = 2; n <= 3'000; ++n) ASSERT_TRUE(shelf_->put(episode(n, Kind::egress_name, true)));
  ASSERT_TRUE(transaction->commit());
  ASSERT_TRUE(shelf_->trim());
  EXPECT_TRUE(*shelf_->find(1));
  EXPECT_THAT(*shelf_->newest(10'000), SizeIs(Shelf::kMostOfKind + 1));
}

TEST_F(ShelfTest, a_number_is_never_used_again) {
  auto transaction = store::Transaction::begin(*database_);
  const std::uint64_t last = Shelf::kMostOfKind + 10;
  for (std::uint64_t n = 1; n <= last; ++n) ASSERT_TRUE(shelf_->put(episode(n, Kind::port_scan, true)));
  ASSERT_TRUE(shelf_->see(last, at(seconds(9)), "sato", "seen"));
  ASSERT_TRUE(transaction->commit());
  ASSERT_TRUE(shelf_->trim());
  EXPECT_EQ(*shelf_->next_number(), last + 1) << "of those that nobody has seen to there are enough";
}

}  // namespace
}  // namespace gw::detect
