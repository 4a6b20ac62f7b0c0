#include <gtest/gtest.h>

#include <initializer_list>

#include "daemons/supervisor/publication.h"

namespace gw::supervisor {
namespace {

const Instant kStart{std::chrono::hours(1)};

Stage after(std::initializer_list<News> news) {
  Stage stage = Stage::idle;
  for (const News one : news) stage = next(stage, one);
  return stage;
}
constexpr News kBegun = News::begun, kDone = News::done, kFailed = News::failed;

TEST(Publication, goes_through_every_stage_and_back_to_rest) {
  EXPECT_EQ(after({kBegun}), Stage::compiling);
  EXPECT_EQ(after({kBegun, kDone}), Stage::applying);
  EXPECT_EQ(after({kBegun, kDone, kDone}), Stage::preparing);
  EXPECT_EQ(after({kBegun, kDone, kDone, kDone}), Stage::committing);
  EXPECT_EQ(after({kBegun, kDone, kDone, kDone, kDone}), Stage::settling);
  EXPECT_EQ(after({kBegun, kDone, kDone, kDone, kDone, kDone}), Stage::idle);
}

TEST(Publication, a_file_that_does_not_compile_touches_nothing) {
  EXPECT_EQ(after({kBegun, kFailed}), Stage::idle);
}

TEST(Publication, whatever_fails_once_the_kernel_was_touched_is_taken_back) {
  EXPECT_EQ(after({kBegun, kDone, kFailed}), Stage::restoring);
  EXPECT_EQ(after({kBegun, kDone, kDone, kFailed}), Stage::restoring);
  EXPECT_EQ(after({kBegun, kDone, kDone, kFailed, kDone}), Stage::idle);
}

TEST(Publication, a_decision_is_not_taken_back) {
  EXPECT_EQ(after({kBegun, kDone, kDone, kDone, kFailed}), Stage::settling);
  EXPECT_EQ(after({kBegun, kDone, kDone, kDone, kDone, kFailed}), Stage::idle);
}

TEST(Publication, each_stage_has_twenty_seconds) {
  Publication publication;
  publication.take(kBegun, kStart);
  EXPECT_FALSE(publication.late(kStart + std::chrono::milliseconds(19'999)));
  EXPECT_TRUE(publication.late(kStart + std::chrono::seconds(20)));
  publication.take(kDone, kStart + std::chrono::seconds(15));
  EXPECT_FALSE(publication.late(kStart + std::chrono::seconds(30)));
}

TEST(Publication, rest_has_no_deadline) { EXPECT_FALSE(Publication().late(kStart)); }

}  // namespace
}  // namespace gw::supervisor
