// The archive that every backup is (BAK-01): any tar opens it, and nothing but our own is read.

#include "backup/tar.h"

#include <gmock/gmock.h>

#include <random>

#include "support/mutations.h"
#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

constexpr std::chrono::seconds kTime{1'795'889'400};

TEST(TarTest, another_tar_unpacks_it) {
  const Octets large(5000, 'x'), none;
  const Member members[] = {{"a.txt", as_bytes("first\n")}, {"deep/er/b", large}, {"empty", none}};
  const Folder folder;
  folder.write("one.tar", write_tar(members, kTime));
  ASSERT_EQ(folder.run("tar -tvf one.tar --utc --full-time"), 0) << folder.text("errors");
  EXPECT_EQ(folder.text("errors"), "");
  EXPECT_THAT(folder.text("output"), testing::HasSubstr("2026-11-28 18:10:00 deep/er/b"));
  ASSERT_EQ(folder.run("tar -xf one.tar"), 0);
  EXPECT_EQ(folder.text("a.txt"), "first\n");
  EXPECT_EQ(folder.read("deep/er/b"), large);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "empty"));
}

TEST(TarTest, what_another_tar_wrote_is_not_taken_for_ours) {
  const Folder folder;
  folder.write("a.txt", as_bytes("first\n"));
  ASSERT_EQ(folder.run("tar --format=ustar -cf theirs.tar a.txt"), 0);
  EXPECT_EQ(read_tar(folder.read("theirs.tar")).error().code, ErrorCode::backup_malformed);
}

TEST(TarTest, whatever_is_written_is_read_back_and_made_the_same) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<Octets> contents(random() % 8);
    std::vector<Member> members;
    for (std::size_t i = 0; i < contents.size(); ++i) {
      contents[i].resize(random() % 1600);
      for (auto& octet : contents[i]) octet = static_cast<std::uint8_t>(random());
      members.push_back({"part/" + std::to_string(i), contents[i]});
    }
    const auto archive = write_tar(members, kTime);
    const auto read = read_tar(archive);
    ASSERT_TRUE(read) << read.error().to_text();
    ASSERT_EQ(read->size(), members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      EXPECT_EQ((*read)[i].name, members[i].name);
      EXPECT_TRUE(std::ranges::equal((*read)[i].content, contents[i]));
    }
    EXPECT_EQ(write_tar(*read, kTime), archive);
  }
}

/// One archive, one meaning: a change is either refused or is in what a file holds.
TEST(TarTest, no_octet_beside_the_contents_can_be_another_one) {
  const Octets content = octets_of("0123456789");
  const Member members[] = {{"a", content}, {"b", content}};
  const Octets archive = write_tar(members, kTime);
  const auto judge = [&](const Octets& changed) {
    const auto read = read_tar(changed);
    if (!read || changed == archive) return;
    ASSERT_EQ(changed.size(), archive.size());
    ASSERT_TRUE((*read)[0].name == "a" && (*read)[1].name == "b");
    ASSERT_FALSE(std::ranges::equal((*read)[0].content, content) &&
                 std::ranges::equal((*read)[1].content, content));
  };
  support::for_each_cut(archive, judge);
  for (std::size_t at = 0; at < archive.size(); ++at)
    for (unsigned bit = 0; bit < 8; ++bit) {
      Octets changed = archive;
      changed[at] = static_cast<std::uint8_t>(changed[at] ^ (1u << bit));
      ASSERT_NO_FATAL_FAILURE(judge(changed)) << at;
    }
}

TEST(TarTest, a_name_that_leads_elsewhere_is_no_name) {
  for (const char* name :
       {"", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".hidden", "a/.b", "A", "a b", "a\\b", "ä"})
    EXPECT_FALSE(is_part_name(name)) << name;
  EXPECT_FALSE(is_part_name(std::string(kMostPartName + 1, 'a')));
  EXPECT_TRUE(is_part_name(std::string(kMostPartName, 'a')));
  EXPECT_TRUE(is_part_name("configuration/files/00001"));
}

TEST(TarTest, a_front_gives_what_is_whole_in_it) {
  const Octets small = octets_of("small"), large(4000, 'x');
  const Member members[] = {{"a", small}, {"b", large}};
  Octets archive = write_tar(members, kTime);
  archive.resize(2000);
  EXPECT_FALSE(read_tar(archive));
  const auto front = read_tar_front(archive);
  ASSERT_TRUE(front);
  ASSERT_EQ(front->size(), 1u);
  EXPECT_EQ(as_text(front->front().content), "small");
}

}  // namespace
}  // namespace gw::backup
