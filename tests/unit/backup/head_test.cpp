// What a backup says of itself.

#include "backup/head.h"

#include <gtest/gtest.h>

#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

class HeadTest : public BackupTest {};

std::optional<Head> parse(std::string_view text) {
  Lines lines(text);
  auto out = take_head(lines);
  return lines.is_at_end() ? out : std::nullopt;
}

TEST_F(HeadTest, text_is_what_somebody_reads) {
  EXPECT_EQ(
      text_of(head()),
      "sekisho backup 1\nnumber 12\nbox sekisho-1\nsite aoba\nmade 2026-11-29T03:10:00+09:00\nkind daily\n"
      "change 42\ncheckpoint 4711 0707070707070707070707070707070707070707070707070707070707070707 "
      "1795000000\n");
}

TEST_F(HeadTest, each_head_is_read_back) {
  for (const Kind kind : {Kind::daily, Kind::confirmed, Kind::by_hand}) {
    Head one = head();
    one.kind = kind;
    one.change = 0;
    one.checkpoint.reset();
    EXPECT_EQ(parse(text_of(one)), one);
    EXPECT_EQ(parse(text_of(head())), head());
  }
}

TEST_F(HeadTest, another_text_is_no_head) {
  const std::string good = text_of(head());
  for (const auto& [from, to] : {std::pair("backup 1", "backup 2"),
                                 {"backup 1", "backup 10"},
                                 {"number 12", "number 0"},
                                 {"number 12", "number x"},
                                 {"aoba", "Aoba"},
                                 {"box sekisho-1", "box "},
                                 {"daily", "weekly"},
                                 {"4711", "0"},
                                 {"4711 07", "4711 7"},
                                 {"+09:00", "Z"}}) {
    std::string changed = good;
    changed.replace(changed.find(from), std::string_view(from).size(), to);
    EXPECT_FALSE(parse(changed)) << changed;
  }
  EXPECT_FALSE(parse(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(parse(good + "\n"));
}

}  // namespace
}  // namespace gw::backup
