#include "model/checkpoint.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gw::model {
namespace {

Checkpoint some() {
  Checkpoint out{4711, {}, std::chrono::seconds(1'795'000'000)};
  std::ranges::fill(out.link, 0xab);
  return out;
}

TEST(Checkpoint, what_is_signed_can_be_read_by_anybody) {
  EXPECT_EQ(text_of(some()),
            "sekisho checkpoint 1\nnumber 4711\nlink "
            "abababababababababababababababababababababababababababababababab\ntime 1795000000\n");
  const auto read = parse_checkpoint(text_of(some()));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, some());
}

TEST(Checkpoint, every_other_text_is_none) {
  const std::string text = text_of(some());
  for (std::size_t size = 0; size < text.size(); ++size) EXPECT_FALSE(parse_checkpoint(text.substr(0, size)));
  EXPECT_FALSE(parse_checkpoint(text + "\n"));
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string flipped = text;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    const auto read = parse_checkpoint(flipped);
    EXPECT_TRUE(!read || text_of(*read) == flipped) << flipped;
  }
  Checkpoint none = some();
  none.number = 0;
  EXPECT_FALSE(parse_checkpoint(text_of(none)));
}

}  // namespace
}  // namespace gw::model
