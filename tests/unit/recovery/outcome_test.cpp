#include "recovery/outcome.h"

#include <gtest/gtest.h>

#include <set>

namespace gw::recovery {
namespace {

TEST(Outcome, is_what_whoever_stands_there_has_to_know_next) {
  EXPECT_EQ(outcome_of({}), Outcome::closed);
  EXPECT_EQ(outcome_of({.is_tried = true}), Outcome::unread);
  EXPECT_EQ(outcome_of({.is_tried = true, .is_read = true}), Outcome::foreign);
  EXPECT_EQ(outcome_of({.is_open = true, .is_tried = true, .is_read = true}), Outcome::unsealed);
  EXPECT_EQ(outcome_of({.is_open = true, .is_tried = true, .is_read = true, .is_sealed = true}),
            Outcome::sealed);
}

TEST(Outcome, each_has_words_of_its_own_in_both_languages) {
  std::set<std::string_view> seen;
  for (const Outcome outcome :
       {Outcome::closed, Outcome::unread, Outcome::foreign, Outcome::unsealed, Outcome::sealed}) {
    seen.insert(words_of(outcome).ja);
    seen.insert(words_of(outcome).en);
    const bool says_closed = words_of(outcome).en.starts_with("the state stays closed");
    EXPECT_EQ(says_closed, outcome < Outcome::unsealed) << words_of(outcome).en;
  }
  EXPECT_EQ(seen.size(), 10u);
}

}  // namespace
}  // namespace gw::recovery
