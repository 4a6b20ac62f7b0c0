// A disk that is really full: records go into what was set aside, then they wait, and none is lost (LOG-03).

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "audit/export_reader.h"
#include "component/control/small_disk.h"
#include "component/control/supervisor_played.h"

namespace gw::component {
namespace {

using ipc::control_records::Room;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

constexpr std::uint64_t kDisk = 24u << 20, kReserve = 1u << 20;

class FullDiskTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    disk.emplace(kDisk);
    box.emplace(disk->folder(), kReserve);
  }
  /// Somebody else takes all the room there is, until records have none left.
  void fill_until(Room wanted) {
    while (box->room() != wanted) {
      disk->fill();
      box->send_until(wanted);
    }
  }
  audit::Verdict verdict() const {
    auto store = control::RecordStore::open(disk->folder(), kReserve);
    audit::Verification verification;
    audit::ExportReader reader(verification);
    reader.take(audit::write_head(1, {}));
    for (std::uint64_t from = 1; store && from <= store->last();) {
      const auto piece = store->chain(from, 1u << 20);
      if (!piece) break;
      reader.take(piece->text);
      from = piece->next;
    }
    reader.finish();
    return verification.finish();
  }

  std::optional<SmallDisk> disk;
  std::optional<SupervisorPlayed> box;
};

TEST_F(FullDiskTest, records_go_on_being_written_into_what_was_set_aside) {
  box->send_until(Room::enough);
  disk->fill();
  box->send_until(Room::reserve);
  box->wait_until_kept();
  EXPECT_THAT(box->events(), Contains("records.reserve_in_use"));
  EXPECT_NE(box->end().error().code, ErrorCode::store_full);
  EXPECT_EQ(verdict().records, box->sent() + box->events().size())
      << "the keeper's own are in the chain as well";
  EXPECT_TRUE(verdict().is_intact());
}

TEST_F(FullDiskTest, when_that_is_used_up_too_they_wait_and_none_is_lost) {
  box->send_until(Room::enough);
  disk->fill();
  box->send_until(Room::reserve);
  disk->fill();
  box->send_until(Room::none);
  const std::uint64_t kept = box->kept();
  ASSERT_LT(kept, box->sent());
  disk->empty();
  box->wait_until_kept();
  EXPECT_NE(box->room(), Room::none) << "it is said that there is room again";
  (void)box->end();
  EXPECT_EQ(verdict().records, box->sent() + box->events().size());
  EXPECT_TRUE(verdict().is_intact());
}

TEST_F(FullDiskTest, a_keeper_that_ends_on_a_full_disk_begins_on_one_and_has_what_it_said_it_had) {
  box->send_until(Room::enough);
  disk->fill();
  box->send_until(Room::reserve);
  disk->fill();
  box->send_until(Room::none);
  const std::uint64_t kept = box->kept();
  (void)box->end();
  EXPECT_GE(verdict().records, kept);
  EXPECT_TRUE(verdict().is_intact());
  box.emplace(disk->folder(), kReserve);
  box->send_until(Room::none);
  disk->empty();
  box->wait_until_kept();
}

TEST_F(FullDiskTest, what_is_set_aside_is_there_again_once_there_is_room) {
  box->send_until(Room::enough);
  disk->fill();
  box->send_until(Room::reserve);
  box->wait_until_kept();
  (void)box->end();
  EXPECT_THAT(box->events(), Not(Contains("records.reserve_back")));
  disk->empty();
  box.emplace(disk->folder(), kReserve);
  box->send_until(Room::enough);
  EXPECT_GE(std::filesystem::file_size(disk->folder() / "reserve"), kReserve);
}

/// What was written within the last hour, taken for a day's, is more than there is room for.
TEST_F(FullDiskTest, a_disk_that_will_soon_be_full_is_told_of_while_there_is_room) {
  box->send_until(Room::enough);
  box->wait_until_kept();
  (void)box->end();
  box.emplace(disk->folder(), kReserve);  // one that finds records when it begins: it looks once an hour
  box->send_until(Room::enough);
  box->wait_until_kept();
  (void)box->end();
  EXPECT_THAT(box->events(), ElementsAre("records.space_low"));
}

}  // namespace
}  // namespace gw::component
