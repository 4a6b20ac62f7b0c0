// Support files outlive a restart, each whole or not at all, and only a recipient opens one.

#include "bundle/shelf.h"

#include <fcntl.h>
#include <gmock/gmock.h>

#include "backup/envelope.h"
#include "unit/backup/clinic.h"

namespace gw::bundle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class BundleShelfTest : public backup::BackupTest {
 protected:
  Shelf opened() const {
    return *Shelf::open(UniqueFd(::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
  }
  static Head head(std::uint64_t number) {
    Head out{.number = number, .by = "tanaka", .made = backup::at("2026-11-29T03:10:00+09:00")};
    out.pieces = {{"status.json", 5, {}}};
    out.meanings = {{"tenant-1", "karte"}};
    return out;
  }
  static Result<Head> put(Shelf& shelf, std::uint64_t number) {
    const backup::Octets text = backup::octets_of("{\"a\":1}");
    const backup::Member member{"status.json", text};
    return shelf.put(head(number), std::span(&member, 1), recipients());
  }
  backup::Folder folder;
};

TEST_F(BundleShelfTest, what_was_put_there_is_there_after_a_restart) {
  Shelf shelf = opened();
  const auto made = put(shelf, 3);
  ASSERT_TRUE(made) << made.error().to_text();
  EXPECT_EQ(file_name_of(*made), "sekisho-support-00000003-20261129-0310.tar.cms");
  const Shelf again = opened();
  ASSERT_EQ(again.heads().size(), 1u);
  EXPECT_EQ(again.heads()[0].extent, made->extent);
  EXPECT_EQ(again.heads()[0].meanings, head(3).meanings);
  EXPECT_EQ(*again.read(3, "status.json"), "{\"a\":1}");
  EXPECT_EQ(again.read(3, "../3.head").error().code, ErrorCode::bundle_unknown);
  EXPECT_EQ(again.read(4, "status.json").error().code, ErrorCode::bundle_unknown);
}

TEST_F(BundleShelfTest, a_recipient_opens_it_and_the_table_of_names_is_not_in_it) {
  Shelf shelf = opened();
  ASSERT_TRUE(put(shelf, 1));
  const auto content =
      backup::open_envelope(folder.read("1.cms"), vendor().certificate().get(), vendor().key().get());
  ASSERT_TRUE(content);
  const auto members = backup::read_tar(*content);
  ASSERT_TRUE(members);
  ASSERT_EQ(members->size(), 1u);
  EXPECT_EQ(as_text(members->front().content), "{\"a\":1}");
  EXPECT_EQ(as_text(*content).find("karte"), std::string_view::npos);
}

TEST_F(BundleShelfTest, what_is_not_whole_is_taken_away_and_other_files_stay) {
  Shelf shelf = opened();
  ASSERT_TRUE(put(shelf, 1));
  folder.write("2.cms", backup::octets_of("half"));
  folder.write("1.tar.new", backup::octets_of("half"));
  folder.write("9.head", backup::octets_of("no head"));
  folder.write("records.db", backup::octets_of("not mine"));
  EXPECT_EQ(opened().heads().size(), 1u);
  EXPECT_THAT(folder.names(), ElementsAre("1.cms", "1.head", "1.tar", "records.db"));
}

TEST_F(BundleShelfTest, what_is_removed_leaves_nothing) {
  Shelf shelf = opened();
  ASSERT_TRUE(put(shelf, 1));
  EXPECT_EQ(shelf.remove(1)->by, "tanaka");
  EXPECT_THAT(folder.names(), IsEmpty());
  EXPECT_EQ(shelf.remove(1).error().code, ErrorCode::bundle_unknown);
}

}  // namespace
}  // namespace gw::bundle
