#include "recovery/printed_key.h"

#include <gtest/gtest.h>

namespace gw::recovery {
namespace {

constexpr std::string_view kPrinted =
    "cbdefghi-jklnrtuv-vutrnlkj-ihgfedbc-ccccdddd-eeeeffff-gggghhhh-iiiijjjj";

std::string read(std::string_view copied) {
  const auto key = printed_key(copied);
  return std::string(key ? key->view() : std::string_view(key.error().detail));
}

TEST(PrintedKey, is_read_however_it_was_copied) {
  const std::string_view copies[] = {
      kPrinted,
      "cbdefghi-jklnrtuv-vutrnlkj-ihgfedbc-ccccdddd-eeeeffff-gggghhhh-iiiijjjj\n",
      "CBDEFGHI-JKLNRTUV-VUTRNLKJ-IHGFEDBC-CCCCDDDD-EEEEFFFF-GGGGHHHH-IIIIJJJJ\r\n",
      "\n\n  cbdefghijklnrtuv\tvutrnlkjihgfedbc\r\nccccddddeeeeffff\r\ngggg hhhh iiii jjjj  \n\n",
      "\ufeffcbdefghi\u2013jklnrtuv\u2014vutrnlkj\u2212ihgfedbc\u30fcccccdddd\uff0deeeeffff\u3000gggghhhh"
      "\u00a0iiiijjjj",
      "ｃｂｄｅｆｇｈｉｊｋｌｎｒｔｕｖ　ＶＵＴＲＮＬＫＪ－ｉｈｇｆｅｄｂｃーccccdddd-eeeeffff-gggghhhh-"
      "iiiijjjj"};
  for (const std::string_view copy : copies) EXPECT_EQ(read(copy), kPrinted) << copy;
}

TEST(PrintedKey, what_it_cannot_be_is_said_with_its_place) {
  std::string copied(kPrinted);
  copied[13] = 'A';
  EXPECT_EQ(
      read(copied),
      "letter 13 (group 2, letter 5) is a, which no recovery key has: its letters are cbdefghijklnrtuv");
  copied[13] = '\0';
  EXPECT_EQ(read(copied), "letter 13 (group 2, letter 5) is no letter");
  copied[13] = '\xff';
  EXPECT_EQ(read(copied), "letter 13 (group 2, letter 5) is no letter");
  EXPECT_EQ(read("\u3042"), "letter 1 (group 1, letter 1) is no letter");
  EXPECT_EQ(read("\xef\xbc"), "letter 1 (group 1, letter 1) is no letter") << "it ends in a character";
  EXPECT_EQ(read(kPrinted.substr(1)), "it has 63 letters, and a recovery key has 64");
  EXPECT_EQ(read(std::string(kPrinted) + "c"), "it has more than the 64 letters of a recovery key");
  EXPECT_EQ(read(""), "it has 0 letters, and a recovery key has 64");
}

TEST(PrintedKey, what_is_right_of_it_is_never_said) {
  const std::string_view groups[] = {"ujcvhrne", "kitnfdgb", "rvluckej", "hncbtdif",
                                     "geuvklrj", "ncitbhfd", "ulgvekrj", "tdnchfbi"};
  std::string key;
  for (const std::string_view group : groups) key += group;
  for (std::size_t at = 0; at < key.size(); ++at) {
    std::string copied = key;
    copied[at] = '0';
    const std::string said = read(copied);
    for (std::size_t begin = 0; begin + 3 <= key.size(); ++begin)
      EXPECT_EQ(said.find(key.substr(begin, 3)), said.npos) << said;
  }
}

}  // namespace
}  // namespace gw::recovery
