// How the supervisor holds the kernel to the configuration, over stand-ins for the watcher and net-apply.

#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>

#include "box_under_test.h"

namespace gw::supervisor {
namespace {

using testing::HasSubstr;

class GuardTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

BoxUnderTest::Ground owned() { return BoxUnderTest::Ground::owned; }

std::size_t times(const std::string& text, const std::string& in) {
  std::size_t out = 0;
  for (std::size_t at = in.find(text); at != std::string::npos; at = in.find(text, at + 1)) ++out;
  return out;
}

/// A watcher that was started again makes the guard look.
void have_looked_again(const BoxUnderTest& box) {
  const auto looks = [&] {
    return times(R"("event":"process.ready","process":"net-apply","name":"lan")", box.log());
  };
  const std::size_t before = looks();
  std::uint32_t watcher = 0;  // none while it is started again
  ASSERT_TRUE(eventually([&] { return (watcher = box.pid_of("watchd-lan", "")) != 0; }));
  ::kill(static_cast<pid_t>(watcher), SIGKILL);
  ASSERT_TRUE(eventually([&] { return looks() > before; })) << box.log();
}

TEST_F(GuardTest, what_was_put_right_is_a_record) {  // ISO-01
  BoxUnderTest box("tenant a 1001 good good\nnet drift\n", owned());
  ASSERT_TRUE(box.serves()) << box.complaints();
  for (const char* name : {"lan", "wan", "mgmt"})
    EXPECT_TRUE(box.logged(R"("event":"network.drifted","process":"supervisor","detail":")" +
                           std::string(name) + ": forwarding was on\""))
        << box.log();
}

TEST_F(GuardTest, how_often_it_had_to_put_right_is_told_of_each_namespace) {  // UPD-01
  BoxUnderTest box("tenant a 1001 good good\nnet drift\n", owned());
  ASSERT_TRUE(box.serves()) << box.complaints();
  const auto told_of = [&](const std::string& part) -> std::uint32_t {
    for (const ipc::op::DriftState& drift : box.state().drifts)
      if (drift.part == part) return drift.lately;
    return 0;
  };
  for (const char* part : {"lan", "wan", "mgmt"})
    EXPECT_TRUE(eventually([&] { return told_of(part) >= 1; })) << part;
  const std::uint32_t before = told_of("lan");
  have_looked_again(box);
  EXPECT_TRUE(eventually([&] { return told_of("lan") > before; }));
}

TEST_F(GuardTest, box_whose_kernel_is_as_it_should_be_tells_of_no_drift) {  // UPD-01
  BoxUnderTest box("tenant a 1001 good good\nnet left\n", owned());
  ASSERT_TRUE(box.serves()) << box.complaints();
  have_looked_again(box);
  EXPECT_TRUE(box.state().drifts.empty());
}

TEST_F(GuardTest, what_had_to_be_left_is_a_record_once_and_ends_nothing) {  // ISO-04
  BoxUnderTest box("tenant a 1001 good good\nnet left\n", owned());
  ASSERT_TRUE(box.serves()) << box.complaints();
  const std::string record =
      R"("event":"network.differs","process":"supervisor","detail":"lan: a socket is not ours")";
  ASSERT_TRUE(box.logged(record)) << box.log();
  for (int looks = 0; looks < 2; ++looks) have_looked_again(box);  // the second one begins after the first
  EXPECT_EQ(times(record, box.log()), 1u);
  EXPECT_TRUE(box.serves());
}

TEST_F(GuardTest, a_kernel_that_cannot_be_held_ends_the_box) {  // W7
  BoxUnderTest box("tenant a 1001 good good\nnet unheld\n", owned());
  EXPECT_EQ(box.end(), 1);
  EXPECT_THAT(box.log(), HasSubstr("network.not_held"));
  EXPECT_THAT(box.complaints(), HasSubstr("as the plan says"));
}

TEST_F(GuardTest, a_watcher_that_dies_is_started_again) {
  BoxUnderTest box("tenant a 1001 good good\n", owned());
  ASSERT_TRUE(box.serves()) << box.complaints();
  const std::uint32_t before = box.pid_of("watchd-lan", "");
  ASSERT_NE(before, 0u);
  ::kill(static_cast<pid_t>(before), SIGKILL);
  EXPECT_TRUE(eventually([&] {
    const std::uint32_t now = box.pid_of("watchd-lan", "");
    return now != 0 && now != before;
  }));
  EXPECT_TRUE(box.serves());
}

TEST_F(GuardTest, a_publication_and_a_look_do_not_get_into_each_others_way) {
  BoxUnderTest box("tenant a 1001 good good\nnet drift\n", owned());
  ASSERT_TRUE(box.serves()) << box.complaints();
  for (int i = 2; i < 12; ++i)
    ASSERT_EQ(box.publish("tenant a 1001 good good\nnet drift\n"), "published " + std::to_string(i));
}

}  // namespace
}  // namespace gw::supervisor
