// The packs that the product ships (configs/packs).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "draft.h"
#include "packs/words.h"

namespace gw::packs {
namespace {

std::map<std::string, Pack> shipped() {
  std::map<std::string, Pack> out;
  const std::filesystem::path folder = std::filesystem::path(GW_SOURCE_DIR) / "configs" / "packs";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".yaml") continue;
    Reading reading = read_pack(read_file("configs/packs/" + file.path().filename().string()));
    EXPECT_EQ(config::to_text(reading.problems, file.path().filename().string()), "");
    if (reading.pack) out.emplace(file.path().stem(), *std::move(reading.pack));
  }
  return out;
}

TEST(PackFiles, each_is_read_without_a_remark_and_named_as_its_file) {  // GOV-01
  std::vector<std::string> names;
  for (const auto& [name, pack] : shipped()) {
    EXPECT_EQ(pack.id, name);
    names.push_back(name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"cl-r7", "gl-6.0", "gl-7.0", "iso-27017", "mds-5.0",
                                             "pgl-1.1-t41", "sds-5.0", "soumu-2018"}));
}

TEST(PackFiles, every_fact_is_asked_for_by_some_pack) {
  std::set<FactId> asked;
  for (const auto& [name, pack] : shipped())
    for (const Row& row : pack.rows) asked.insert(row.answers.begin(), row.answers.end());
  for (const Fact& one : facts()) EXPECT_TRUE(asked.contains(one.id)) << one.name;
}

TEST(PackFiles, every_row_has_an_answer_or_somebody_who_gives_one_and_known_controls) {
  for (const auto& [name, pack] : shipped())
    for (const Row& row : pack.rows) {
      SCOPED_TRACE(name + " " + row.id);
      EXPECT_FALSE(row.answers.empty() && row.blanks.empty());
      for (const std::string& control : row.controls) EXPECT_TRUE(is_control(control)) << control;
    }
}

/// A row that the catalogue says is known from memory alone is never shown as read.
TEST(PackFiles, what_was_not_seen_is_marked_so) {
  const auto packs = shipped();
  for (const char* id : {"13-5", "13-7", "13-8", "13-9", "13-10"}) {
    const auto& rows = packs.at("gl-6.0").rows;
    const auto row = std::ranges::find(rows, id, &Row::id);
    ASSERT_NE(row, rows.end()) << id;
    EXPECT_EQ(row->grade, Grade::memory) << id;
  }
  EXPECT_EQ(packs.at("gl-7.0").grade, Grade::secondary);
  for (const Row& row : packs.at("gl-7.0").rows) EXPECT_EQ(row.grade, Grade::secondary) << row.id;
}

/// The forms of MDS and SDS were not seen: no item of theirs is done before its number and answer were
/// written.
TEST(PackFiles, an_item_of_mds_and_sds_waits_for_the_forms_own_number_and_answer) {  // GOV-04
  const auto packs = shipped();
  for (const char* name : {"mds-5.0", "sds-5.0"}) {
    const Pack& pack = packs.at(name);
    EXPECT_THAT(pack.note, testing::HasSubstr("様式と照合")) << name;
    EXPECT_GE(pack.rows.size(), 20u) << name;
    for (std::size_t i = 0; i < pack.rows.size(); ++i) {
      const Row& row = pack.rows[i];
      SCOPED_TRACE(name + (" " + row.id));
      EXPECT_EQ(row.id, std::string(name[0] == 'm' ? "MDS-x" : "SDS-x") + std::to_string(i + 1));
      EXPECT_TRUE(row.grade == Grade::memory || row.grade == Grade::secondary);
      ASSERT_FALSE(row.blanks.empty());
      EXPECT_EQ(row.blanks.back().name, "様式の項番と回答");
      EXPECT_EQ(row.blanks.back().owner, Owner::vendor);
    }
  }
}

TEST(PackFiles, chapter_13_and_table_4_1_are_whole) {
  const auto packs = shipped();
  std::set<std::string> ids;
  for (const char* name : {"gl-6.0", "pgl-1.1-t41"})
    for (const Row& row : packs.at(name).rows) ids.insert(row.id);
  for (int i = 1; i <= 13; ++i) EXPECT_TRUE(ids.contains("13-" + std::to_string(i))) << i;
  for (int i = 1; i <= 10; ++i) EXPECT_TRUE(ids.contains("I-" + std::to_string(i))) << i;
  for (int i = 1; i <= 16; ++i) EXPECT_TRUE(ids.contains("II-" + std::to_string(i))) << i;
}

TEST(PackFiles, an_edition_that_another_supersedes_is_not_in_force) {
  const auto packs = shipped();
  for (const auto& [name, pack] : packs) {
    const auto older = packs.find(pack.supersedes);
    if (older != packs.end()) {
      EXPECT_NE(older->second.standing, Standing::in_force) << name;
    }
  }
  EXPECT_EQ(packs.at("gl-7.0").standing, Standing::in_force);
  EXPECT_EQ(packs.at("gl-7.0").supersedes, "gl-6.0");
}

/// The box may never claim an item that is about the clinic's or the vendor's own organisation.
TEST(PackFiles, what_the_box_cannot_know_is_left_to_somebody) {
  const auto packs = shipped();
  for (const char* id : {"I-5", "I-6", "I-7", "II-13"}) {
    const auto& rows = packs.at("pgl-1.1-t41").rows;
    const auto row = std::ranges::find(rows, id, &Row::id);
    ASSERT_NE(row, rows.end()) << id;
    EXPECT_TRUE(row->answers.empty()) << id;
    EXPECT_FALSE(row->blanks.empty()) << id;
  }
}

}  // namespace
}  // namespace gw::packs
