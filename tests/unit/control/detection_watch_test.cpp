// What is detected becomes a record and a row, waits on the overview, and is seen to by somebody (IDS-01,
// IDS-04).

#include "control/detection_watch.h"

#include "control/detection_waits.h"
#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

class DetectionWatchTest : public WebDeskTest {
 protected:
  DetectionWatchTest() { watch_.emplace(*store, *chronicle, clock); }
  void scan(const std::string& source) {
    Event event(EventId::scan_of_ports);
    event.add(Field::tenant, "karte").add(Field::source, source).add(Field::destination, "10.1.1.1");
    append("watchd", event);
  }
  void append(std::string process, const Event& event, std::string tenant = "") {
    const std::vector<audit::Record> one{
        {clock.civil_now(), model::ClockState::right, std::move(process), std::move(tenant), event}};
    ASSERT_TRUE(store->append("run", next_++, one));
  }
  /// A process of the box tried to reach what it must not, fifty times.
  void outward() {
    Event event(EventId::packets_folded);
    event.add(Field::reason, "forbidden").add(Field::destination, "10.1.1.1");
    event.add(Field::account, std::uint64_t{60'605}).add(Field::count, std::uint64_t{50});
    append("watchd", event);
  }
  /// A session of desk-1 that has moved so many MiB up.
  void session(std::uint64_t mebibytes) {
    Event event(EventId::session_closed);
    event.add(Field::terminal, "desk-1").add(Field::service, "emr");
    event.add(Field::bytes_up, mebibytes << 20).add(Field::duration_ms, std::uint64_t{60'000});
    append("proxyd", event, "karte");
  }
  void restart() { watch_.emplace(*store, *chronicle, clock); }
  void after(std::chrono::seconds time) {
    clock.advance(time);
    watch_->tick();
  }
  std::vector<std::string> kept(std::string_view events) {
    model::RecordQuery query;
    query.event = events;
    std::vector<std::string> out;
    const auto found = store->find(query, UINT64_MAX, 100);
    for (const auto& one : *found) out.push_back(one.line);
    return out;
  }
  std::vector<std::string> waits() { return *detection_waits(around()); }

  std::optional<DetectionWatch> watch_;
  std::uint64_t next_ = 1;
};

TEST_F(DetectionWatchTest, one_cause_is_one_record_and_waits_until_somebody_has_seen_to_it) {
  settle();
  watch_->tick();
  for (int n = 0; n < 3; ++n) scan("10.1.1.9");
  after(minutes(1));
  EXPECT_THAT(kept("detection.alarm"), ElementsAre(HasSubstr("\"source\":\"10.1.1.9\"")));
  EXPECT_THAT(waits(), ElementsAre("detection.grave:1"));
  EXPECT_THAT(ask(OperationId::detections_list, {{}}, come("first")).json,
              HasSubstr("\"number\":1,\"kind\":\"port_scan\",\"severity\":\"grave\",\"tenant\":\"karte\""));
  EXPECT_EQ(
      ask(OperationId::detections_see, {TypedValue::of(std::uint64_t{2}), text("?")}, come("first")).error,
      "detection.unknown");
  EXPECT_EQ(
      ask(OperationId::detections_see, {TypedValue::of(std::uint64_t{1}), text("the copier")}, come("first"))
          .error,
      "");
  EXPECT_THAT(kept("detection.seen"), ElementsAre(HasSubstr("\"administrator\":\"first\"")));
  EXPECT_THAT(waits(), IsEmpty());
  EXPECT_THAT(ask(OperationId::detections_list, {{}}, come("first")).json,
              HasSubstr("\"by\":\"first\",\"note\":\"the copier\""));
}

TEST_F(DetectionWatchTest, what_is_grave_is_told_once_more_if_nobody_sees_to_it) {
  watch_->tick();
  scan("10.1.1.9");
  for (int n = 0; n < 29; ++n) after(minutes(1));
  EXPECT_THAT(kept("detection.unseen"), IsEmpty());
  for (int n = 0; n < 60; ++n) after(minutes(1));
  EXPECT_EQ(kept("detection.unseen").size(), 1u);
  EXPECT_EQ(kept("detection.over").size(), 1u);
}

TEST_F(DetectionWatchTest, a_restart_tells_nothing_twice_and_misses_nothing) {
  watch_->tick();
  scan("10.1.1.9");
  after(minutes(2));
  after(minutes(2));
  restart();
  scan("10.1.1.9");
  scan("10.1.1.8");
  after(minutes(1));
  after(minutes(1));
  EXPECT_THAT(kept("detection.alarm"),
              ElementsAre(HasSubstr("\"source\":\"10.1.1.8\""), HasSubstr("\"source\":\"10.1.1.9\"")));
}

TEST_F(DetectionWatchTest, what_could_not_be_told_before_a_restart_is_told_after_it) {
  watch_->tick();
  ASSERT_TRUE(
      store->database().run("CREATE TRIGGER no_room BEFORE INSERT ON detections "
                            "BEGIN SELECT RAISE(ABORT, 'no room'); END"));
  scan("10.1.1.9");
  after(minutes(2));
  EXPECT_THAT(kept("detection.alarm"), IsEmpty());
  restart();
  ASSERT_TRUE(store->database().run("DROP TRIGGER no_room"));
  after(minutes(1));
  EXPECT_THAT(kept("detection.alarm"), ElementsAre(HasSubstr("\"source\":\"10.1.1.9\"")));
}

TEST_F(DetectionWatchTest, a_restart_amid_the_boxs_own_proof_alarms_nobody) {
  watch_->tick();
  append("supervisor", Event(EventId::isolation_begun));
  after(minutes(2));
  restart();
  outward();
  after(minutes(1));
  EXPECT_THAT(kept("detection.alarm"), IsEmpty());
  append("supervisor", Event(EventId::isolation_proved));
  after(minutes(3));
  outward();
  after(minutes(1));
  EXPECT_THAT(kept("detection.alarm"), ElementsAre(HasSubstr("egress_packet")));
}

TEST_F(DetectionWatchTest, what_goes_on_is_not_over_because_of_a_restart) {
  watch_->tick();
  scan("10.1.1.9");
  for (int n = 0; n < 50; ++n) after(minutes(1));
  scan("10.1.1.9");
  for (int n = 0; n < 5; ++n) after(minutes(1));
  restart();
  for (int n = 0; n < 10; ++n) after(minutes(1));
  EXPECT_THAT(kept("detection.over"), IsEmpty());
  EXPECT_EQ(kept("detection.alarm").size(), 1u);
}

TEST_F(DetectionWatchTest, what_was_told_before_a_restart_is_not_told_of_what_is_heard_once_more) {
  watch_->tick();
  scan("10.1.1.9");
  after(minutes(2));
  for (int n = 0; n < 80; ++n) after(minutes(1));
  ASSERT_EQ(kept("detection.over").size(), 1u);
  restart();
  after(minutes(1));
  after(minutes(1));
  EXPECT_EQ(kept("detection.alarm").size(), 1u);
}

TEST_F(DetectionWatchTest, what_is_usual_of_a_terminal_outlives_a_restart_and_is_counted_once) {
  settle();
  watch_->tick();
  for (int day = 0; day < 20; ++day) {
    session(5);
    after(std::chrono::hours(24));
  }
  session(12);
  after(minutes(2));
  for (int n = 0; n < 3; ++n) {
    restart();
    after(minutes(2));
  }
  EXPECT_THAT(kept("detection.notice"), IsEmpty()) << "what is heard once more is not counted once more";
  session(40);
  after(minutes(2));
  EXPECT_THAT(kept("detection.notice"), ElementsAre(HasSubstr("emr: 52 MiB up today, usually up to 6 MiB")));
  EXPECT_THAT(waits(), ElementsAre("detection.notable:1"));
  const auto one = TypedValue::of(std::uint64_t{1});
  EXPECT_EQ(ask(OperationId::detections_see, {one, text("the X-rays of the year")}, come("first")).error, "");
  after(std::chrono::hours(24));
  restart();
  session(50);
  after(minutes(2));
  EXPECT_EQ(kept("detection.notice").size(), 1u) << "somebody has said that it is usual";
}

TEST_F(DetectionWatchTest, a_box_that_learns_for_the_first_time_begins_with_the_records_that_it_has) {
  watch_->tick();
  for (int day = 0; day < 20; ++day) {
    session(5);
    after(std::chrono::hours(24));
  }
  ASSERT_TRUE(store->database().run("DELETE FROM habits"));
  restart();
  watch_->tick();
  session(80);
  after(minutes(2));
  EXPECT_EQ(kept("detection.notice").size(), 1u);
}

}  // namespace
}  // namespace gw::control
