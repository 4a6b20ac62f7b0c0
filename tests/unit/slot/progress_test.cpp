#include "slot/progress.h"

#include <gmock/gmock.h>

namespace gw::slot {
namespace {

using Stage = Progress::Stage;

TEST(Progress, everything_comes_back_in_every_stage) {
  for (const Stage stage : {Stage::installing, Stage::refused, Stage::interrupted, Stage::waiting,
                            Stage::kept, Stage::given_up, Stage::lost}) {
    const Progress kept{stage,
                        Slot::b,
                        "ab12",
                        "isolation is broken; keyd does not serve",
                        {"the clock cannot be right", "x"}};
    const auto read = read_text(write_text(kept));
    ASSERT_TRUE(read) << read.error().to_text();
    EXPECT_EQ(read->stage, stage);
    EXPECT_EQ(read->slot, Slot::b);
    EXPECT_EQ(read->bundle, kept.bundle);
    EXPECT_EQ(read->because, kept.because);
    EXPECT_EQ(read->before, kept.before);
  }
}

TEST(Progress, no_reason_brings_a_line_of_its_own) {
  const auto read = read_text(write_text({Stage::refused, Slot::a, "", "one\nstage kept", {"two\nthree"}}));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->stage, Stage::refused);
  EXPECT_EQ(read->because, "one stage kept");
  EXPECT_THAT(read->before, testing::ElementsAre("two three"));
}

TEST(Progress, anything_else_is_refused) {
  const std::string good = write_text({Stage::kept, Slot::a, "ab", "", {}});
  for (const std::string& text :
       {std::string(), good.substr(1), good.substr(0, good.size() - 1), good + "more\n",
        "stage gone" + good.substr(10), std::string("stage kept\nslot c\nbundle \nbecause \n")})
    EXPECT_FALSE(read_text(text)) << text;
}

TEST(Progress, only_what_waits_for_something_is_not_over) {
  for (const Stage stage : {Stage::installing, Stage::waiting}) EXPECT_FALSE(Progress{stage}.is_over());
  for (const Stage stage : {Stage::refused, Stage::interrupted, Stage::kept, Stage::given_up, Stage::lost})
    EXPECT_TRUE(Progress{stage}.is_over());
}

TEST(Progress, what_may_end_otherwise_a_second_time_is_installed_again) {
  for (const Stage stage : {Stage::installing, Stage::refused, Stage::interrupted, Stage::lost})
    EXPECT_FALSE(Progress{stage}.is_settled());
  for (const Stage stage : {Stage::waiting, Stage::kept, Stage::given_up})
    EXPECT_TRUE(Progress{stage}.is_settled());
}

}  // namespace
}  // namespace gw::slot
