#include "slot/command.h"

#include <gmock/gmock.h>
#include <sys/wait.h>

namespace gw::slot {
namespace {

using testing::HasSubstr;

std::string objection(const std::vector<std::string>& command) {
  const auto done = output_of(command);
  return done ? "" : done.error().detail;
}

TEST(Command, what_it_wrote_comes_back_whole) {
  const auto said =
      output_of({"/bin/sh", "-c", "i=0; while [ $i -lt 9000 ]; do echo 0123456789; i=$((i + 1)); done"});
  ASSERT_TRUE(said);
  EXPECT_EQ(said->size(), 99'000u);
}

TEST(Command, its_objection_is_the_last_sentence_that_it_wrote) {
  EXPECT_EQ(objection({"/bin/sh", "-c", "echo begun; echo LastError: signature; exit 3"}),
            "/bin/sh ended with 3: LastError: signature");
  EXPECT_EQ(objection({"/bin/sh", "-c", "echo LastError: no signature; echo idle; exit 1"}),
            "/bin/sh ended with 1: LastError: no signature");
  EXPECT_EQ(objection({"/bin/sh", "-c", "exit 1"}), "/bin/sh ended with 1");
  EXPECT_EQ(objection({"/bin/sh", "-c", "kill -9 $$"}), "/bin/sh was ended by signal 9");
  EXPECT_THAT(objection({"/nowhere/rauc"}), HasSubstr("/nowhere/rauc"));
}

TEST(Command, what_it_objects_to_is_told_wherever_it_wrote_it) {
  EXPECT_EQ(objection({"/bin/sh", "-c", "echo 'no service' >&2; exit 1"}),
            "/bin/sh ended with 1: no service");
  EXPECT_EQ(objection({"/bin/sh", "-c", "echo 20% Checking; echo Timeout was reached >&2; exit 1"}),
            "/bin/sh ended with 1: 20% Checking; Timeout was reached");
  const auto said = output_of({"/bin/sh", "-c", "echo Boot0001; echo a warning >&2"});
  ASSERT_TRUE(said);
  EXPECT_EQ(*said, "Boot0001\n") << "which others read";
}

TEST(Command, one_whose_ending_says_something_tells_it) {
  const auto ended = ending_of({"/bin/sh", "-c", "echo seen; exit 2"});
  ASSERT_TRUE(ended);
  EXPECT_TRUE(WIFEXITED(ended->status) && WEXITSTATUS(ended->status) == 2);
  EXPECT_EQ(ended->output, "seen\n");
  EXPECT_FALSE(ending_of({"/nowhere/veritysetup"}));
}

TEST(Command, it_finds_nothing_of_ours_in_its_environment) {
  ::setenv("OF_OURS", "1", 1);
  const auto said = output_of({"/usr/bin/env"});
  ASSERT_TRUE(said);
  EXPECT_EQ(*said, "PATH=/usr/sbin:/usr/bin\n");
}

}  // namespace
}  // namespace gw::slot
