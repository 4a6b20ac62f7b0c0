// Publications over stand-ins that refuse, die, say nothing or say too much: all of it, or nothing of it.

#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "box_under_test.h"

namespace gw::supervisor {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kOne = "tenant a 1001 good good\n";
constexpr std::size_t kOfOne = 4;  // keyd, proxyd, dialerd, controld

class PublishingTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

TEST_F(PublishingTest, a_new_configuration_is_in_force_everywhere_or_the_answer_is_no) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  EXPECT_EQ(box.publish(kOne), "published 2");
  EXPECT_EQ(box.call(1001), "2\n");
  EXPECT_EQ(box.state().generation, model::Generation{2});
}

TEST_F(PublishingTest, processes_that_stay_are_not_started_again) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  const std::uint32_t before = box.pid_of("proxyd", "a");
  ASSERT_EQ(box.publish(kOne), "published 2");
  EXPECT_EQ(box.pid_of("proxyd", "a"), before);
}

TEST_F(PublishingTest, the_report_of_a_bad_file_comes_back_and_nothing_changes) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  const std::string answer = box.publish("tenant a 1001 good good\nerror\n");
  EXPECT_THAT(answer, StartsWith("publication.refused: 1 errors"));
  EXPECT_THAT(answer, HasSubstr("config.syntax: no good"));
  EXPECT_EQ(box.call(1001), "1\n");
}

TEST_F(PublishingTest, one_compartment_that_refuses_keeps_the_old_configuration_for_all) {
  BoxUnderTest box("tenant a 1001 good good\ntenant b 1002 good good\n");
  ASSERT_TRUE(box.serves());
  for (const char* word : {"refuse", "die", "rude"}) {
    const std::string answer =
        box.publish("tenant a 1001 good good\ntenant b 1002 " + std::string(word) + " good\n");
    EXPECT_THAT(answer, StartsWith("publication.refused: proxyd of b")) << word;
    ASSERT_TRUE(box.serves()) << word;
    EXPECT_EQ(box.call(1001), "1\n") << word;
    EXPECT_EQ(box.call(1002), "1\n") << word;
  }
}

TEST_F(PublishingTest, a_dialer_can_refuse_too) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  EXPECT_THAT(box.publish("tenant a 1001 good refuse\n"), StartsWith("publication.refused: dialerd of a"));
  EXPECT_EQ(box.call(1001), "1\n");
}

TEST_F(PublishingTest, a_number_is_never_used_twice) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  box.publish("tenant a 1001 refuse good\n");
  EXPECT_EQ(box.publish(kOne), "published 3");
}

TEST_F(PublishingTest, what_is_in_force_is_published_again_whatever_its_files_have_become) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  std::ofstream(box.folder() / "a.key") << "a key";
  ASSERT_EQ(box.publish("tenant a 1002 good good\nkey a.key\n"), "published 2");
  box.write(kOne);
  std::filesystem::remove(box.folder() / "a.key");
  EXPECT_EQ(box.republish(), "published 3");
  EXPECT_EQ(box.call(1002), "3\n");
  EXPECT_EQ(box.republish(), "published 4") << "what was kept is kept on";
  EXPECT_THAT(box.publish("tenant a 1002 good good\nkey a.key\n"),
              HasSubstr("config.file.unreadable: a.key"));
  EXPECT_EQ(box.call(1002), "4\n");
}

TEST_F(PublishingTest, a_file_that_was_refused_is_not_what_is_published_again) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  box.publish("tenant a 1003 refuse good\n");
  EXPECT_EQ(box.republish(), "published 3");
  EXPECT_EQ(box.call(1001), "3\n");
}

TEST_F(PublishingTest, only_one_runs_at_a_time) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  const model::ChangeNumber other = box.staged(kOne);
  const ipc::Channel waiting = box.publish_without_waiting("tenant a 1001 silent good\n");
  ASSERT_TRUE(eventually([&] { return box.log().find("change.applying") != std::string::npos; }));
  const auto put = box.editor().put({"taro", other, std::chrono::seconds(60)});
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().code, ErrorCode::change_in_flight);
}

TEST_F(PublishingTest, a_look_that_never_ends_holds_up_nobody_else) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  const model::ChangeNumber good = box.staged("tenant a 1003 good good\n");
  const ipc::Channel waiting = box.look_without_waiting("hang\n");
  auto editor = box.editor();
  const auto put = editor.put({"taro", good, std::chrono::seconds(60)});
  ASSERT_TRUE(put && !put->token.empty());
  EXPECT_EQ(box.call(1003), "2\n");
  EXPECT_TRUE(editor.turn_back({"taro", "it is slow", {}}));
  EXPECT_TRUE(eventually([&] { return box.call(1001) == "3\n"; }));
}

TEST_F(PublishingTest, tenants_come_and_go) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  ASSERT_EQ(box.publish("tenant a 1001 good good\ntenant b 1002 good good\n"), "published 2");
  EXPECT_EQ(box.call(1002), "2\n");
  const std::uint32_t leaving = box.pid_of("proxyd", "b");
  ASSERT_EQ(box.publish(kOne), "published 3");
  EXPECT_TRUE(eventually([&] { return ::kill(static_cast<pid_t>(leaving), 0) != 0; }));
  EXPECT_EQ(box.call(1002), "");
  EXPECT_EQ(box.state().processes.size(), kOfOne);
}

TEST_F(PublishingTest, a_tenant_that_moves_up_gets_processes_of_its_new_account) {
  BoxUnderTest box("tenant a 1001 good good\ntenant b 1002 good good\n");
  ASSERT_TRUE(box.serves());
  const std::uint32_t before = box.pid_of("proxyd", "b");
  ASSERT_EQ(box.publish("tenant b 1002 good good\n"), "published 2");
  EXPECT_NE(box.pid_of("proxyd", "b"), before);
  EXPECT_EQ(box.call(1002), "2\n");
}

TEST_F(PublishingTest, a_new_tenant_that_refuses_leaves_no_trace) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  EXPECT_THAT(box.publish("tenant a 1001 good good\ntenant b 1002 refuse good\n"),
              StartsWith("publication.refused: proxyd of b"));
  EXPECT_EQ(box.call(1002), "");
  EXPECT_EQ(box.state().processes.size(), kOfOne);
}

TEST_F(PublishingTest, listeners_open_and_close_with_the_configuration) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  ASSERT_EQ(box.publish("tenant a 1003 good good\n"), "published 2");
  EXPECT_EQ(box.call(1003), "2\n");
  EXPECT_TRUE(eventually([&] { return box.call(1001).empty(); }));
}

TEST_F(PublishingTest, an_address_another_tenant_still_holds_is_refused) {
  BoxUnderTest box("tenant a 1001 good good\ntenant b 1002 good good\n");
  ASSERT_TRUE(box.serves());
  EXPECT_THAT(box.publish("tenant a 1002 good good\ntenant b 1001 good good\n"),
              HasSubstr("bind(127.0.0.1:100"));
  EXPECT_EQ(box.call(1001), "1\n");
}

TEST_F(PublishingTest, who_dies_after_a_refusal_still_gets_the_configuration_in_force) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  box.publish("tenant a 1001 die good\n");
  ASSERT_TRUE(box.serves());
  EXPECT_EQ(box.call(1001), "1\n");
  EXPECT_EQ(box.publish(kOne), "published 3");
}

TEST_F(PublishingTest, who_dies_while_a_publication_waits_serves_what_is_in_force) {
  BoxUnderTest box(kOne);
  ASSERT_TRUE(box.serves());
  const ipc::Channel waiting = box.publish_without_waiting("tenant a 1001 good silent\n");
  const std::uint32_t before = box.pid_of("proxyd", "a");
  ASSERT_EQ(::kill(static_cast<pid_t>(before), SIGKILL), 0);
  EXPECT_TRUE(eventually([&] { return box.pid_of("proxyd", "a") != before && box.call(1001) == "1\n"; }));
}

TEST_F(PublishingTest, the_kernel_is_narrowed_before_the_change_and_widened_after_it) {
  BoxUnderTest box(kOne, BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  ASSERT_EQ(box.publish(kOne), "published 2");
  box.state();  // the records so far are in the log
  const std::string log = box.log();
  const std::size_t narrowed = log.rfind("\"name\":\"narrow-mgmt\""), adopted = log.rfind("network.applied");
  const std::size_t settled = log.rfind("\"name\":\"lan\"");
  ASSERT_NE(narrowed, std::string::npos);
  EXPECT_LT(narrowed, adopted);
  EXPECT_LT(adopted, settled);
}

TEST_F(PublishingTest, a_plan_the_kernel_refuses_is_taken_back) {
  BoxUnderTest box(kOne, BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  EXPECT_THAT(box.publish("tenant a 1001 good good\nnet narrow-wan\n"),
              StartsWith("net.rules_refused: net-apply narrow-wan: as the plan says"));
  EXPECT_EQ(box.state().generation, model::Generation{1});
  EXPECT_EQ(box.publish(kOne), "published 3");
}

}  // namespace
}  // namespace gw::supervisor
