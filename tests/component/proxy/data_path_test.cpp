// What a session carries, and how its ends are told apart.

#include <gmock/gmock.h>

#include "support/compartment.h"

namespace gw {
namespace {

using std::chrono::seconds;
using support::Compartment;
using support::TlsPeer;
using testing::ElementsAre;

/// A session that stands: terminal t1, service emr.
class DataPathTest : public testing::Test {
 protected:
  Compartment box;
  TlsPeer terminal = box.connect(box.good_terminal());
  std::optional<TlsPeer> cloud;

  void SetUp() override {
    ASSERT_TRUE(step_until([&] { return terminal.established() && box.dials == 1; }));
    cloud = box.accept_cloud(box.good_cloud());
    ASSERT_TRUE(cloud);
    ASSERT_TRUE(step_until([&] { return box.records(EventId::session_opened).size() == 1; }));
  }
  bool step_until(const std::function<bool()>& holds) {
    return box.until([&] {
      terminal.step();
      if (cloud) cloud->step();
      return holds();
    });
  }
};

std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (char& c : bytes) c = static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
  return bytes;
}

TEST_F(DataPathTest, bytes_cross_both_ways_unchanged) {
  const std::string up = pattern(3'000'000), down = pattern(2'000'001);
  terminal.send(up);
  cloud->send(down);
  ASSERT_TRUE(step_until(
      [&] { return cloud->received().size() == up.size() && terminal.received().size() == down.size(); }));
  EXPECT_TRUE(cloud->received() == up);
  EXPECT_TRUE(terminal.received() == down);
}

TEST_F(DataPathTest, the_record_of_a_session_says_who_went_where_by_which_rule) {
  const Event& opened = *box.records(EventId::session_opened).front();
  EXPECT_EQ(Compartment::text(opened, Field::terminal), "t1");
  EXPECT_EQ(Compartment::text(opened, Field::service), "emr");
  EXPECT_EQ(Compartment::text(opened, Field::rule), "t1-may-emr");
  EXPECT_THAT(Compartment::text(opened, Field::down_tls),
              testing::StartsWith("TLSv1.3 TLS_AES_256_GCM_SHA384"));
  EXPECT_THAT(Compartment::text(opened, Field::down_hello), testing::StartsWith("t13i"))
      << "it asks for no name";
  EXPECT_EQ(Compartment::text(opened, Field::up_cert).size(), 64u);
  EXPECT_EQ(Compartment::text(opened, Field::source), "127.0.0.1");
}

TEST_F(DataPathTest, a_half_close_of_the_terminal_leaves_the_way_back_open) {
  terminal.send("question");
  terminal.close_write();
  ASSERT_TRUE(step_until([&] { return cloud->saw_close(); }));
  EXPECT_EQ(cloud->received(), "question");
  cloud->send("answer");
  ASSERT_TRUE(step_until([&] { return terminal.received() == "answer"; }));
  cloud->close_write();
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_TRUE(terminal.saw_close() || step_until([&] { return terminal.saw_close(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("finished"));
}

TEST_F(DataPathTest, a_half_close_of_the_cloud_leaves_the_way_up_open) {
  cloud->close_write();
  ASSERT_TRUE(step_until([&] { return terminal.saw_close(); }));
  terminal.send("late");
  ASSERT_TRUE(step_until([&] { return cloud->received() == "late"; }));
  terminal.close_write();
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("finished"));
}

TEST_F(DataPathTest, a_terminal_that_ends_without_close_notify_is_never_a_clean_end_for_the_cloud) {
  terminal.send("half a mess");
  ASSERT_TRUE(step_until([&] { return cloud->received() == "half a mess"; }));
  terminal.cut();
  ASSERT_TRUE(step_until([&] { return cloud->broken(); }));
  EXPECT_FALSE(cloud->saw_close());
  EXPECT_THAT(box.reasons(), ElementsAre("truncated_downstream"));
}

TEST_F(DataPathTest, a_cloud_that_ends_without_close_notify_is_never_a_clean_end_for_the_terminal) {
  cloud->cut();
  ASSERT_TRUE(step_until([&] { return terminal.broken(); }));
  EXPECT_FALSE(terminal.saw_close());
  EXPECT_THAT(box.reasons(), ElementsAre("truncated_upstream"));
}

TEST_F(DataPathTest, a_reset_is_told_apart_from_a_truncation) {
  cloud->reset();
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("reset_upstream"));
}

TEST_F(DataPathTest, a_slow_reader_stops_the_writer_and_gets_everything_in_the_end) {
  cloud->set_reading(false);
  const std::string up = pattern(20'000'000);
  terminal.send(up);
  for (int i = 0; i < 2'000; ++i) step_until([] { return true; }), terminal.step(), box.round();
  EXPECT_FALSE(terminal.all_sent()) << "the box swallowed what the cloud did not take";
  cloud->set_reading(true);
  ASSERT_TRUE(step_until([&] { return cloud->received().size() == up.size(); }));
  EXPECT_TRUE(cloud->received() == up);
}

TEST_F(DataPathTest, a_key_update_of_the_terminal_is_answered_and_disturbs_nothing) {
  terminal.ask_key_update();
  terminal.send("after the update");
  ASSERT_TRUE(step_until([&] { return cloud->received() == "after the update"; }));
  cloud->send("and back");
  ASSERT_TRUE(step_until([&] { return terminal.received() == "and back"; }));
}

TEST_F(DataPathTest, a_quiet_session_ends_at_its_idle_limit_and_not_before) {
  box.advance(seconds(899));
  EXPECT_THAT(box.reasons(), ElementsAre());
  box.advance(seconds(2));
  EXPECT_THAT(box.reasons(), ElementsAre("idle"));
}

TEST_F(DataPathTest, traffic_puts_off_the_idle_limit_but_not_the_end_of_life) {
  for (int i = 0; i < 120 && box.reasons().empty(); ++i) {
    box.advance(seconds(800));
    if (!box.reasons().empty()) break;
    const std::size_t before = cloud->received().size();
    terminal.send("x");
    step_until([&] { return cloud->received().size() > before || !box.reasons().empty(); });
  }
  EXPECT_THAT(box.reasons(), ElementsAre("lifetime"));
}

TEST_F(DataPathTest, a_rested_session_wakes_up_where_it_was) {
  box.advance(seconds(5));
  terminal.send("good morning");
  ASSERT_TRUE(step_until([&] { return cloud->received() == "good morning"; }));
  box.advance(seconds(5));
  cloud->send("good evening");
  ASSERT_TRUE(step_until([&] { return terminal.received() == "good evening"; }));
}

TEST_F(DataPathTest, garbage_in_the_record_stream_ends_the_session_as_a_violation) {
  const std::string garbage(64, '\x17');
  ASSERT_GT(::write(SSL_get_fd(terminal.ssl()), garbage.data(), garbage.size()), 0);
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("tls_violation_downstream"));
}

}  // namespace
}  // namespace gw
