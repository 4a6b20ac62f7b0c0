#include <gtest/gtest.h>

#include "draft.h"
#include "support/mutations.h"

namespace gw::packs {
namespace {

/// Whatever a file says: a whole pack, or at least one error.
void expect_sound(const std::string& text) {
  const Reading reading = read_pack(text);
  ASSERT_EQ(reading.pack.has_value(), reading.errors == 0) << text;
  ASSERT_LE(reading.problems.size(), config::Problems::kMost + 1);
  if (!reading.pack) return;
  ASSERT_FALSE(reading.pack->rows.empty()) << text;
  for (const Row& row : reading.pack->rows) ASSERT_FALSE(row.answers.empty() && row.blanks.empty()) << text;
}

void expect_sound(const support::Octets& octets) { expect_sound(std::string(octets.begin(), octets.end())); }

support::Octets seed() { return {kGood.begin(), kGood.end()}; }

TEST(PackMutation, a_file_cut_anywhere_is_sound) {
  support::for_each_cut(seed(), [](const support::Octets& octets) { expect_sound(octets); });
}

TEST(PackMutation, a_changed_octet_anywhere_is_sound) {
  support::for_each_change(seed(), [](const support::Octets& octets) { expect_sound(octets); });
}

TEST(PackMutation, a_line_left_out_or_doubled_is_sound) {
  const std::string text = read_file("configs/packs/cl-r7.yaml");
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start) + 1;
    expect_sound(text.substr(0, start) + text.substr(end));
    expect_sound(text.substr(0, end) + text.substr(start));
    start = end;
  }
}

TEST(PackMutation, a_thousand_strange_keys_and_rows_are_told_with_bounds) {
  std::string keys = kGood, rows = kGood;
  for (int i = 0; i < 1'000; ++i) keys += "stranger-" + std::to_string(i) + ": 1\n";
  for (int i = 0; i < 200; ++i) rows += "  - {id: " + std::to_string(i) + "}\n";
  expect_sound(keys);
  expect_sound(rows);
}

}  // namespace
}  // namespace gw::packs
