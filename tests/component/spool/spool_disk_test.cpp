// A disk without room: what is least important goes first, and what there is no room for at all changes
// nothing (F3).

#include <gtest/gtest.h>

#include <optional>

#include "component/control/small_disk.h"
#include "spool/spool.h"

namespace gw::component {
namespace {

using spool::Class;
using spool::Item;
using spool::Spool;

class SpoolDiskTest : public testing::Test {
 protected:
  SpoolDiskTest() {
    auto opened = Spool::open(disk_.folder(), Instant{});
    EXPECT_TRUE(opened) << opened.error().to_text();
    spool_.emplace(*std::move(opened));
  }
  static Item item(Class of, int second, std::size_t size) {
    return {of, std::chrono::seconds(1'000'000 + second), std::string(size, 'x')};
  }
  Result<> put(Class of, int many, std::size_t size) {
    const std::vector<Item> items(static_cast<std::size_t>(many), item(of, 1, size));
    return spool_->put(items, ++mark_);
  }
  spool::Tally tally(Class of) { return *spool_->tally(of); }

  SmallDisk disk_{12u << 20};
  std::optional<Spool> spool_;
  std::uint64_t mark_ = 0;
};

TEST_F(SpoolDiskTest, what_matters_more_takes_the_room_of_what_matters_less) {
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(put(Class::metrics, 1, 12'000));
  const spool::Tally before = tally(Class::metrics);
  disk_.fill();
  for (int i = 0; i < 40; ++i) {
    const auto written = put(Class::audit, 1, 10'000);
    ASSERT_TRUE(written) << "record " << i << ": " << written.error().to_text();
  }
  EXPECT_EQ(tally(Class::audit).entries, 40u);
  EXPECT_EQ(tally(Class::audit).dropped, 0u);
  EXPECT_GT(tally(Class::metrics).dropped, 0u);
  EXPECT_EQ(tally(Class::metrics).entries + tally(Class::metrics).dropped, before.entries);
}

TEST_F(SpoolDiskTest, new_figures_take_the_room_of_old_ones_and_never_that_of_records) {
  ASSERT_TRUE(put(Class::audit, 20, 10'000));
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(put(Class::metrics, 1, 12'000));
  disk_.fill();
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(put(Class::metrics, 1, 12'000));
  EXPECT_EQ(tally(Class::audit).entries, 20u);
  EXPECT_GT(tally(Class::metrics).dropped, 0u);
}

TEST_F(SpoolDiskTest, records_that_find_no_room_stay_where_they_came_from) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(put(Class::audit, 1, 10'000));
  disk_.fill();
  const std::uint64_t mark = spool_->mark();
  const auto written = put(Class::audit, 100, 50'000);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::store_full);
  EXPECT_EQ(spool_->mark(), mark);
  EXPECT_EQ(tally(Class::audit).entries, 5u);
  disk_.empty();
  EXPECT_TRUE(put(Class::audit, 100, 50'000));
  EXPECT_EQ(tally(Class::audit).entries, 105u);
}

}  // namespace
}  // namespace gw::component
