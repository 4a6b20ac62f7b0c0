// A power cut at any step and a full disk: no half backup under a whole one's name, and none of those before
// is lost (BAK-01).

#include <fcntl.h>
#include <gmock/gmock.h>

#include "backup/backups.h"
#include "support/in_child.h"
#include "support/manual_clock.h"
#include "unit/backup/clinic.h"
#include "unit/backup/disk.h"

namespace gw::backup {
namespace {

using testing::Contains;
using testing::ElementsAre;
using tests::disk;

class PowerCutTest : public BackupTest {
 protected:
  PowerCutTest() {
    recipients();  // made here, so that no child has to
    box_key();
    clock_.set_civil(CivilTime(at("2026-11-29T03:10:00+09:00")));
  }
  ~PowerCutTest() override { disk() = {}; }

  static UniqueFd open_folder(const Folder& folder) {
    return UniqueFd(::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  Backups open(const Folder& folder) {
    auto opened = Backups::open(open_folder(folder), clock_,
                                {"sekisho-1", "aoba", recipients(), *Keep::generations(3)}, signer());
    EXPECT_TRUE(opened) << opened.error().to_text();
    return *std::move(opened);
  }
  Result<Generation> make(Backups& backups) {
    clock_.advance(std::chrono::hours(24));
    return backups.make(Kind::daily, {42, head().checkpoint, parts()}, box_key(), told_);
  }
  /// Three backups, the first of them the last good one: a fourth pushes the second out.
  void settle(const Folder& folder) {
    Backups backups = open(folder);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(make(backups));
    ASSERT_TRUE(backups.mark_good(1, "tried", told_));
  }
  /// What there is, each of which must be whole.
  std::vector<std::uint64_t> numbers_in(const Folder& folder) {
    const auto shelf = Shelf::open(open_folder(folder));
    const auto listing = shelf->list();
    EXPECT_TRUE(listing->damaged.empty());
    EXPECT_EQ(listing->last_good, 1u);
    std::vector<std::uint64_t> out;
    for (const auto& one : listing->generations) {
      EXPECT_TRUE(examine(*shelf->read(one.head.number), expected()).is_good());
      out.push_back(one.head.number);
    }
    return out;
  }
  /// Makes the fourth and marks it, in a child whose power goes at a step. False: it came to its end.
  bool cut_at(const Folder& folder, std::size_t step, bool forgets_renames) {
    const int status = support::in_child([&] {
      Backups backups = open(folder);
      disk() = {};
      disk().is_watching = true;
      disk().ends_at = step;
      disk().forgets_renames = forgets_renames;
      if (!make(backups)) return 2;
      return 1;
    });
    EXPECT_TRUE(status == 0 || status == 1) << status;
    return status == 0;
  }

  support::ManualClock clock_;
  Told told_;
};

TEST_F(PowerCutTest, at_any_step_each_backup_is_whole_or_not_there) {
  std::size_t steps = 0;
  bool was_before = false, was_between = false, was_after = false;
  for (const bool forgets : {false, true}) {
    for (std::size_t step = 1;; ++step) {
      const Folder folder;
      ASSERT_NO_FATAL_FAILURE(settle(folder));
      const bool was_cut = cut_at(folder, step, forgets);
      const auto numbers = numbers_in(folder);
      EXPECT_THAT(numbers, Contains(1));
      EXPECT_THAT(numbers, Contains(3));
      was_before = was_before || numbers == std::vector<std::uint64_t>{1, 2, 3};
      was_between = was_between || numbers == std::vector<std::uint64_t>{1, 2, 3, 4};
      was_after = was_after || numbers == std::vector<std::uint64_t>{1, 3, 4};
      EXPECT_GE(numbers.size(), 3u) << "step " << step;
      // And it goes on from there.
      Backups backups = open(folder);
      ASSERT_TRUE(make(backups));
      EXPECT_EQ(numbers_in(folder).size(), 3u);
      if (!was_cut) break;
      steps = std::max(steps, step);
    }
  }
  EXPECT_GE(steps, 6u) << "open, write, sync, rename, sync, remove, sync";
  EXPECT_TRUE(was_before && was_between && was_after);
}

TEST_F(PowerCutTest, the_mark_of_the_last_good_one_is_the_old_or_the_new_one) {
  for (std::size_t step = 1;; ++step) {
    const Folder folder;
    ASSERT_NO_FATAL_FAILURE(settle(folder));
    const int status = support::in_child([&] {
      Backups backups = open(folder);
      disk().is_watching = true;
      disk().ends_at = step;
      return backups.mark_good(3, "tried", told_) ? 1 : 2;
    });
    const auto mark = Shelf::open(open_folder(folder))->list()->last_good;
    EXPECT_TRUE(mark == 1u || mark == 3u) << step;
    if (status != 0) {
      EXPECT_EQ(mark, 3u);
      break;
    }
  }
}

TEST_F(PowerCutTest, a_full_disk_costs_no_backup_and_leaves_nothing_behind) {
  const Folder folder;
  ASSERT_NO_FATAL_FAILURE(settle(folder));
  const auto names = folder.names();
  Backups backups = open(folder);
  for (const std::size_t room : {0, 1, 512, 3000}) {
    disk().is_watching = disk().is_full = true;
    disk().room = room;
    told_.clear();
    const auto made = make(backups);
    disk() = {};
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::store_full);
    EXPECT_EQ(told_.back().id(), EventId::backup_failed);
    EXPECT_EQ(folder.names(), names);
    EXPECT_GT(backups.due().at, clock_.civil_now()) << "not at once again";
  }
  clock_.advance(std::chrono::hours(5));
  EXPECT_LE(backups.due().at, clock_.civil_now());
  EXPECT_TRUE(make(backups));
  EXPECT_THAT(numbers_in(folder), ElementsAre(1, 3, 4));
}

}  // namespace
}  // namespace gw::backup
