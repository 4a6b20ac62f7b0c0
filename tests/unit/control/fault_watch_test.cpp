// The look that is taken each minute (DEM-03): what is written down of it, and when services are tried anew,
// so that a verdict is of now.

#include "control/fault_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/codec.h"
#include "model/certificate_roll.h"
#include "model/network_sight.h"
#include "support/manual_clock.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using model::CloseReason;
using op::Msg;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

/// A box of one service, whose supervisor is played.
class FaultWatchTest : public testing::Test {
 protected:
  FaultWatchTest() {
    std::string pattern = "/tmp/gw-faults-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    clock_.set_civil(CivilTime(seconds(1'800'000'000)));
    store_.emplace(*RecordStore::open(folder_, 0));
    chronicle_.emplace(*store_, sink_, clock_);
    rules_.emplace(*RuleBook::open(*store_, clock_));
    EXPECT_TRUE(rules_->set({.rows = {{.tenant = "karte", .rule = "r", .service = "emr"}}}));
    auto desk = *ipc::Channel::pair();
    supervisor_.emplace(std::move(desk.first));
    errands_.connect(std::move(desk.second));
    diagnosis_.state.kernel_rules = true;
    diagnosis_.state.processes = {{.name = "keyd", .pid = 7}};
    roll_.ports = {{.side = model::NetworkRoll::Side::wan,
                    .interface = "wan0",
                    .addresses = {*model::Prefix::parse("198.51.100.2/24")}}};
    sights_[1].links = {{.interface = "wan0", .up = true, .carrier = true}};
    tried(CloseReason::finished);
    start();
  }
  ~FaultWatchTest() override { std::filesystem::remove_all(folder_); }

  /// As a controld that was started again.
  void start() { watch_.emplace(*store_, *chronicle_, *rules_, clock_); }
  std::chrono::milliseconds now() const {
    return std::chrono::floor<std::chrono::milliseconds>(clock_.civil_now().time_since_epoch());
  }
  /// What a round of trials has come to, now.
  void tried(CloseReason outcome) {
    diagnosis_.trials = {};
    diagnosis_.trials.began = diagnosis_.trials.ended = now();
    model::ServiceTrial trial{.tenant = "karte", .service = "emr", .outcome = outcome};
    if (outcome != CloseReason::upstream_timeout)  // somebody answered
      trial.remote = {*model::IpAddress::parse("203.0.113.10"), 443};
    if (outcome == CloseReason::finished) trial.tls = "TLSv1.3";
    diagnosis_.trials.trials = {trial};
  }
  /// Time passes; answers all that is asked. How many rounds of trials that were.
  int pass(std::chrono::milliseconds time) {
    clock_.advance(time);
    diagnosis_.state.clock.now = now();
    int rounds = 0;
    watch_->tick(errands_);
    for (;;) {
      const auto asked = supervisor_->receive();
      if (!asked || !*asked) return rounds;
      rounds += (*asked)->type == ipc::type_number(Msg::diagnose);
      answer(**asked);
      while (auto said = errands_.take()) watch_->told(*said, errands_);
    }
  }
  void answer(const ipc::Frame& asked) {
    const auto put = [&](Msg type, std::vector<std::uint8_t> body,
                         std::vector<std::vector<std::uint8_t>> files) {
      std::vector<UniqueFd> sealed;
      std::vector<int> fds;
      for (const auto& file : files) fds.push_back(sealed.emplace_back(*sys::seal(file, "test")).get());
      ASSERT_TRUE(supervisor_->send(ipc::type_number(type), asked.request, std::move(body), std::move(fds)));
    };
    switch (static_cast<Msg>(asked.type)) {
      case Msg::diagnose:
      case Msg::faults:
        return put(Msg::done, {}, {});
      case Msg::diagnosis:
        return put(Msg::diagnosed, {}, {encode(diagnosis_)});
      case Msg::network:
        return put(Msg::network_sight, encode(op::NetworkState()),
                   {encode(roll_), encode(sights_[0]), encode(sights_[1]), encode(sights_[2])});
      case Msg::certificates:
        return put(Msg::certificate_roll, {},
                   {encode(model::CertificateRoll()), encode(model::CertificateState())});
      default:
        FAIL() << asked.type;
    }
  }
  void happens(EventId event, std::string_view reason = {}) {
    Event one(event);
    if (!reason.empty()) one.add(Field::reason, reason);
    watch_->heed({clock_.civil_now(), model::ClockState::right, "dialerd", "karte", one});
  }
  /// What was written down since, each with its result.
  std::vector<std::string> written() {
    std::vector<std::string> out;
    for (auto frame = log_.receive(); frame && *frame; frame = log_.receive()) {
      const auto event = *decode<Event>((*frame)->body);
      std::string line(to_string(event.id()));
      for (const Event::Entry& entry : event.entries())
        if (entry.field == Field::result) line += " " + entry.text;
      out.push_back(line);
    }
    return out;
  }

  std::filesystem::path folder_;
  support::ManualClock clock_;
  std::pair<ipc::Channel, ipc::Channel> logs_ = *ipc::Channel::pair();
  ipc::Channel log_ = std::move(logs_.first);
  ipc::RecordSink sink_{logs_.second.release().release()};
  std::optional<RecordStore> store_;
  std::optional<Chronicle> chronicle_;
  std::optional<RuleBook> rules_;
  std::optional<ipc::Channel> supervisor_;
  ErrandLine errands_;
  op::Diagnosis diagnosis_{};
  model::NetworkRoll roll_{};
  std::array<model::NetworkSight, 3> sights_{};
  std::optional<FaultWatch> watch_;
};

TEST_F(FaultWatchTest, a_box_on_which_all_is_well_writes_nothing_and_tries_nothing) {
  for (int i = 0; i < 30; ++i) EXPECT_EQ(pass(minutes(1)), 0);
  EXPECT_THAT(written(), IsEmpty());
}

TEST_F(FaultWatchTest, a_fault_is_written_once_and_once_more_when_it_is_over) {
  sights_[1].links[0].carrier = false;
  for (int i = 0; i < 3; ++i) pass(minutes(1));
  EXPECT_THAT(written(), ElementsAre("fault.found broken: line"));
  sights_[1].links[0].carrier = true;
  tried(CloseReason::finished);
  for (int i = 0; i < 3; ++i) pass(minutes(1));
  EXPECT_THAT(written(), ElementsAre("fault.over"));
}

TEST_F(FaultWatchTest, a_service_that_cannot_be_reached_is_tried_a_minute_later) {
  clock_.advance(minutes(20));  // the week's round was long ago
  happens(EventId::endpoint_failed);
  EXPECT_EQ(pass(seconds(1)), 0) << "it may be over in a moment";
  EXPECT_EQ(pass(minutes(1)), 1);
  EXPECT_THAT(written(), IsEmpty()) << "it is not over yet";
  tried(CloseReason::upstream_refused);
  happens(EventId::diagnosis_made);
  EXPECT_EQ(pass(seconds(1)), 0);
  EXPECT_THAT(written(), ElementsAre("fault.found broken: service")) << "and not a minute later";
}

TEST_F(FaultWatchTest, so_is_one_of_which_terminals_are_turned_away) {
  happens(EventId::session_refused, "policy_no_rule");
  EXPECT_EQ(pass(seconds(1)), 0);
  happens(EventId::session_refused, "upstream_certificate_expired");
  EXPECT_EQ(pass(minutes(1)), 1);
}

TEST_F(FaultWatchTest, however_often_it_fails_clouds_are_asked_every_ten_minutes_at_the_most) {
  int rounds = 0;
  for (int i = 0; i < 60 * 60; ++i) {
    happens(EventId::endpoint_failed);
    rounds += pass(seconds(1));
  }
  EXPECT_EQ(rounds, 6);
}

TEST_F(FaultWatchTest, while_a_fault_stands_services_are_tried_again_and_its_end_is_seen) {
  happens(EventId::endpoint_failed);
  pass(minutes(1));
  tried(CloseReason::upstream_timeout);
  pass(minutes(1));
  EXPECT_THAT(written(), ElementsAre("fault.found unclear: line, cloud_edge"));
  int rounds = 0;
  for (int i = 0; i < 30; ++i) rounds += pass(minutes(1));
  EXPECT_EQ(rounds, 3);
  tried(CloseReason::finished);
  pass(minutes(1));
  EXPECT_THAT(written(), ElementsAre("fault.over"));
  rounds = 0;
  for (int i = 0; i < 30; ++i) rounds += pass(minutes(1));
  EXPECT_EQ(rounds, 0) << "nothing is wrong any more";
}

TEST_F(FaultWatchTest, what_was_told_before_a_restart_is_not_told_again) {
  sights_[1].links[0].carrier = false;
  pass(minutes(1));
  EXPECT_THAT(written(), ElementsAre("fault.found broken: line"));
  start();
  pass(minutes(1));
  EXPECT_THAT(written(), IsEmpty());
}

TEST_F(FaultWatchTest, a_round_that_could_not_be_asked_for_is_asked_for_a_minute_later) {
  supervisor_.reset();
  happens(EventId::endpoint_failed);
  clock_.advance(minutes(1));
  watch_->tick(errands_);
  while (auto said = errands_.take()) watch_->told(*said, errands_);
  auto desk = *ipc::Channel::pair();
  supervisor_.emplace(std::move(desk.first));
  errands_.connect(std::move(desk.second));
  EXPECT_EQ(pass(minutes(1)), 1);
}

}  // namespace
}  // namespace gw::control
