#include <gtest/gtest.h>

#include "draft.h"
#include "papers/questions.h"
#include "support/mutations.h"

namespace gw::papers {
namespace {

constexpr Day kToday{std::chrono::year{2026} / 12 / 1};

/// Whatever a file says: a whole profile, or at least one error.
void expect_sound(const std::string& text) {
  const Reading reading = read_profile(text);
  ASSERT_EQ(reading.profile.has_value(), reading.errors == 0) << text;
  ASSERT_LE(reading.problems.size(), config::Problems::kMost + 1);
  if (!reading.profile) return;
  for (const Fact& fact : facts()) ASSERT_FALSE(reading.profile->of(fact.id).empty()) << text;
  ASSERT_LE(questions_of(*reading.profile, kToday).size(), facts().size());
}

void expect_sound(const support::Octets& octets) { expect_sound(std::string(octets.begin(), octets.end())); }

std::string subject() { return read_file("configs/services/mdv-cloud.yaml"); }

support::Octets seed() {
  const std::string text = subject();
  return {text.begin(), text.end()};
}

TEST(ProfileMutation, a_file_cut_anywhere_is_sound) {
  support::for_each_cut(seed(), [](const support::Octets& octets) { expect_sound(octets); });
}

TEST(ProfileMutation, a_changed_octet_anywhere_is_sound) {
  support::for_each_change(seed(), [](const support::Octets& octets) { expect_sound(octets); });
}

TEST(ProfileMutation, a_line_left_out_or_doubled_is_sound) {
  const std::string text = subject();
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start) + 1;
    expect_sound(text.substr(0, start) + text.substr(end));
    expect_sound(text.substr(0, end) + text.substr(start));
    start = end;
  }
}

TEST(ProfileMutation, a_thousand_strange_keys_are_told_with_bounds) {
  std::string text = subject();
  for (int i = 0; i < 1'000; ++i) text += "stranger-" + std::to_string(i) + ": 1\n";
  expect_sound(text);
}

}  // namespace
}  // namespace gw::papers
