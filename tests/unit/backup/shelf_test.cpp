// Backups on the box's own disk (BAK-01).

#include "backup/shelf.h"

#include <fcntl.h>
#include <gmock/gmock.h>

#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ShelfTest : public BackupTest {
 protected:
  Shelf open() const {
    auto shelf = Shelf::open(UniqueFd(::open(folder_.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
    EXPECT_TRUE(shelf) << shelf.error().to_text();
    return *std::move(shelf);
  }
  static Generation put(Shelf& shelf, std::uint64_t number) {
    const auto put = shelf.put(head(number), container(head(number)));
    EXPECT_TRUE(put) << put.error().to_text();
    return *put;
  }
  static std::vector<std::uint64_t> numbers_of(const Shelf& shelf) {
    std::vector<std::uint64_t> out;
    const auto listing = shelf.list();
    for (const auto& one : listing->generations) out.push_back(one.head.number);
    return out;
  }
  Folder folder_;
};

TEST_F(ShelfTest, a_files_name_says_which_when_and_why) {
  EXPECT_EQ(file_name_of(head()), "sekisho-00000012-20261129-0310-daily.tar");
  EXPECT_EQ(number_in_name("sekisho-00000012-20261129-0310-daily.tar"), 12u);
  Head large = head(123'456'789'012);
  large.kind = Kind::by_hand;
  EXPECT_EQ(number_in_name(file_name_of(large)), large.number);
  for (const char* name :
       {"last-good", "sekisho-12-x.tar", "sekisho-00000012-20261129-0310-daily.tar.new",
        "sekisho-0000001x-20261129-0310-daily.tar", "sekisho-00000000-20261129-0310-daily.tar"})
    EXPECT_EQ(number_in_name(name).value_or(0), 0u) << name;
}

TEST_F(ShelfTest, what_is_put_is_listed_and_read_the_next_time_too) {
  const Octets file = container(head(1));
  {
    Shelf shelf = open();
    ASSERT_TRUE(shelf.put(head(1), file));
    put(shelf, 2);
  }
  const Shelf shelf = open();
  EXPECT_THAT(numbers_of(shelf), ElementsAre(1, 2));
  EXPECT_EQ(shelf.list()->generations[0].head, head(1));
  EXPECT_EQ(shelf.list()->generations[0].size, file.size());
  EXPECT_EQ(*shelf.read(1), file);
  EXPECT_EQ(*shelf.next_number(), 3u);
  EXPECT_EQ(shelf.read(7).error().code, ErrorCode::backup_unknown);
}

TEST_F(ShelfTest, a_number_is_not_given_twice_even_if_its_file_is_damaged) {
  Shelf shelf = open();
  const auto one = put(shelf, 5);
  std::filesystem::resize_file(folder_.path() / one.file, 100);
  EXPECT_EQ(*shelf.next_number(), 6u);
}

TEST_F(ShelfTest, damage_is_seen_from_outside) {
  Shelf shelf = open();
  const auto cut = put(shelf, 1), longer = put(shelf, 2), renamed = put(shelf, 3), emptied = put(shelf, 4),
             good = put(shelf, 5);
  std::filesystem::resize_file(folder_.path() / cut.file, cut.size - 512);
  std::filesystem::resize_file(folder_.path() / longer.file, longer.size + 512);
  std::filesystem::rename(folder_.path() / renamed.file, folder_.path() / file_name_of(head(9)));
  std::filesystem::resize_file(folder_.path() / emptied.file, 0);
  std::filesystem::create_directory(folder_.path() / file_name_of(head(10)));
  std::filesystem::create_symlink(good.file, folder_.path() / file_name_of(head(11)));
  const auto listing = shelf.list();
  EXPECT_THAT(numbers_of(shelf), ElementsAre(5));
  std::vector<std::uint64_t> damaged;
  for (const auto& one : listing->damaged) damaged.push_back(one.number);
  EXPECT_THAT(damaged, ElementsAre(1, 2, 4, 9, 10, 11));
}

TEST_F(ShelfTest, what_a_power_cut_left_half_done_is_taken_away) {
  folder_.write(file_name_of(head(1)) + ".new", octets_of("half"));
  folder_.write("somebody's", octets_of("other file"));
  const Shelf shelf = open();
  EXPECT_THAT(folder_.names(), ElementsAre("somebody's"));
}

TEST_F(ShelfTest, a_removed_one_is_gone_and_no_other) {
  Shelf shelf = open();
  put(shelf, 1);
  put(shelf, 2);
  ASSERT_TRUE(shelf.remove(1));
  EXPECT_THAT(numbers_of(shelf), ElementsAre(2));
  EXPECT_EQ(shelf.remove(1).error().code, ErrorCode::backup_unknown);
}

TEST_F(ShelfTest, the_last_good_one_is_remembered_while_it_is_there) {
  Shelf shelf = open();
  put(shelf, 1);
  EXPECT_EQ(shelf.list()->last_good, std::nullopt);
  EXPECT_FALSE(shelf.mark_good(2));
  ASSERT_TRUE(shelf.mark_good(1));
  EXPECT_EQ(open().list()->last_good, 1u);
  put(shelf, 2);
  ASSERT_TRUE(shelf.remove(1));
  EXPECT_EQ(shelf.list()->last_good, std::nullopt);
}

}  // namespace
}  // namespace gw::backup
