#include "audit/chain_text.h"

#include <gtest/gtest.h>

#include "support/mutations.h"
#include "unit/audit/chain.h"

namespace gw::audit {
namespace {

std::string without_end(std::string line) {
  EXPECT_EQ(line.back(), '\n');
  line.pop_back();
  return line;
}

TEST(ChainText, what_was_written_is_read_again) {
  const Link link = link_of({}, "x");
  const auto head = read_head(without_end(write_head(7, link)));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->first, 7u);
  EXPECT_EQ(head->before, link);
  const std::string line = line_of(7, tests::record_of(7));
  const auto record = read_record(without_end(write_record(line, link)));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->number, 7u);
  EXPECT_EQ(record->line, line);
  EXPECT_EQ(record->link, link);
  const auto key = tests::some_key();
  const SignedCheckpoint checkpoint = tests::signed_by(*key, {7, link, std::chrono::seconds(1)});
  const auto read = read_checkpoint(without_end(write_checkpoint(checkpoint)));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->checkpoint, checkpoint.checkpoint);
  EXPECT_EQ(read->signature, checkpoint.signature);
  EXPECT_EQ(read->public_key, checkpoint.public_key);
}

TEST(ChainText, one_kind_is_not_another_and_no_cut_is_one) {
  const std::string lines[] = {without_end(write_head(7, {})),
                               without_end(write_record(line_of(7, tests::record_of(7)), {})),
                               without_end(write_checkpoint({{7, {}, std::chrono::seconds(1)}, {1}, {2}}))};
  for (const std::string& line : lines) {
    EXPECT_EQ(int{read_head(line).has_value()} + int{read_record(line).has_value()} +
                  int{read_checkpoint(line).has_value()},
              1)
        << line;
    for (std::size_t size = 0; size < line.size(); ++size) {
      const std::string_view cut = std::string_view(line).substr(0, size);
      EXPECT_FALSE(read_head(cut) || read_record(cut) || read_checkpoint(cut)) << cut;
    }
  }
}

}  // namespace
}  // namespace gw::audit
