// The supervisor over stand-ins that behave as told: start, restart, end.

#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>

#include "box_under_test.h"

namespace gw::supervisor {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class SupervisorTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

bool is_gone(std::uint32_t pid) {
  return eventually([pid] { return ::kill(static_cast<pid_t>(pid), 0) != 0; });
}

TEST_F(SupervisorTest, a_box_starts_serves_and_ends_when_told) {
  BoxUnderTest box("tenant a 1001 good good\n");
  ASSERT_TRUE(box.serves()) << box.complaints();
  EXPECT_EQ(box.call(1001), "1\n");
  EXPECT_TRUE(box.logged("box.started"));
  box.signal(SIGTERM);
  EXPECT_EQ(box.end(), 0);
  EXPECT_THAT(box.log(), HasSubstr("process.stopped"));
  EXPECT_THAT(box.log(), Not(HasSubstr("process.ended")));
}

TEST_F(SupervisorTest, a_box_without_kernel_rules_says_so_twice) {
  BoxUnderTest box("tenant a 1001 good good\n");
  ASSERT_TRUE(box.serves());
  EXPECT_THAT(box.log(), HasSubstr("box.without_kernel_rules"));
  EXPECT_THAT(box.complaints(), HasSubstr("NO KERNEL RULES"));
  EXPECT_FALSE(box.state().kernel_rules);
}

TEST_F(SupervisorTest, the_kernel_is_closed_first_and_then_follows_the_plan) {
  BoxUnderTest box("tenant a 1001 good good\n", BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves()) << box.complaints();
  std::string steps;
  const std::string log = box.log();
  for (std::size_t at = 0; (at = log.find("\"name\":\"", at)) != std::string::npos;) {
    at += 8;
    const std::string name = log.substr(at, log.find('"', at) - at);
    if (name != "proxyd" && name != "dialerd" && name != "watchd" && name != "controld") steps += name + " ";
  }
  EXPECT_LT(log.find("\"base\""), log.find("\"controld\"")) << "not even who only keeps records";
  EXPECT_THAT(steps, StartsWith("base base base links lan wan mgmt "));
  EXPECT_TRUE(box.state().kernel_rules);
}

TEST_F(SupervisorTest, a_first_configuration_that_is_no_good_ends_the_start) {
  BoxUnderTest box("error\n");
  EXPECT_EQ(box.end(), 1);
  EXPECT_THAT(box.complaints(), HasSubstr("config.syntax: no good"));
}

TEST_F(SupervisorTest, a_compiler_that_ends_without_a_word_is_a_refusal) {
  BoxUnderTest box("vanish\n");
  EXPECT_EQ(box.end(), 1);
  EXPECT_THAT(box.complaints(), HasSubstr("conf-compile: exit 3"));
}

TEST_F(SupervisorTest, a_key_file_that_is_missing_is_named) {
  BoxUnderTest box("tenant a 1001 good good\nkey missing.key\n");
  EXPECT_EQ(box.end(), 1);
  EXPECT_THAT(box.complaints(), HasSubstr("missing.key"));
}

TEST_F(SupervisorTest, who_dies_is_started_again_and_given_the_configuration_in_force) {
  for (const char* name : {"proxyd", "dialerd"}) {
    BoxUnderTest box("tenant a 1001 good good\ntenant b 1002 good good\n");
    ASSERT_TRUE(box.serves());
    const std::uint32_t before = box.pid_of(name, "a"), neighbour = box.pid_of(name, "b");
    ::kill(static_cast<pid_t>(before), SIGKILL);
    ASSERT_TRUE(is_gone(before));
    ASSERT_TRUE(box.serves());
    EXPECT_NE(box.pid_of(name, "a"), before);
    EXPECT_EQ(box.pid_of(name, "b"), neighbour);
    EXPECT_EQ(box.call(1001), "1\n");
  }
}

TEST_F(SupervisorTest, clients_wait_in_line_while_their_proxyd_is_away) {
  BoxUnderTest box("tenant a 1001 good good\n");
  ASSERT_TRUE(box.serves());
  const std::uint32_t proxy = box.pid_of("proxyd", "a");
  ::kill(static_cast<pid_t>(proxy), SIGSTOP);
  const UniqueFd client = box.connect(1001);
  ASSERT_TRUE(client);
  ::kill(static_cast<pid_t>(proxy), SIGKILL);
  EXPECT_EQ(BoxUnderTest::read_from(client.get()), "1\n");
}

TEST_F(SupervisorTest, everything_ends_with_the_supervisor) {
  BoxUnderTest box("tenant a 1001 good good\n");
  ASSERT_TRUE(box.serves());
  const std::uint32_t proxy = box.pid_of("proxyd", "a"), dialer = box.pid_of("dialerd", "a");
  box.signal(SIGKILL);
  EXPECT_EQ(box.end(), -SIGKILL);
  EXPECT_TRUE(is_gone(proxy));
  EXPECT_TRUE(is_gone(dialer));
  EXPECT_EQ(box.call(1001), "");
}

TEST_F(SupervisorTest, who_does_not_end_when_drained_is_killed) {
  BoxUnderTest box("tenant a 1001 deaf good\n");
  ASSERT_TRUE(box.serves());
  box.signal(SIGTERM);
  EXPECT_EQ(box.end(), 0);
  EXPECT_THAT(box.log(), HasSubstr("signal 9"));
}

TEST_F(SupervisorTest, a_flood_of_records_is_cut_and_counted) {
  BoxUnderTest box("tenant a 1001 flood good\n");
  ASSERT_TRUE(box.serves());
  EXPECT_TRUE(box.logged("records.lost"));
}

TEST_F(SupervisorTest, only_root_can_open_the_control_socket) {
  BoxUnderTest box("tenant a 1001 good good\n");
  ASSERT_TRUE(box.serves());
  const auto mode = std::filesystem::status(box.folder() / "run" / "control").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace gw::supervisor
