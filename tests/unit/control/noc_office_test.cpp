// What the operations centre is told, and how (F3): records in their order and none of a session, figures,
// gaps.

#include "control/noc_office.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <filesystem>

#include "base/codec.h"
#include "ipc/messages/log.h"
#include "support/manual_clock.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

namespace wire = ipc::noc;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using wire::Stream;

class NocOfficeTest : public testing::Test {
 protected:
  NocOfficeTest() {
    std::string pattern = "/tmp/gw-noc-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    store_.emplace(*RecordStore::open(folder_, 1u << 20));
    auto ends = ipc::Channel::pair();
    ear_.emplace(std::move(ends->first));
    sink_.emplace(ends->second.release().release());
    chronicle_.emplace(*store_, *sink_, clock_);
    auto desk = ipc::Channel::pair();
    supervisor_.emplace(std::move(desk->first));
    errands_.connect(std::move(desk->second));
    std::filesystem::create_directory(folder_ / "image");
    images_.emplace(UniqueFd(::open((folder_ / "image").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)), 0);
  }
  ~NocOfficeTest() override {
    office_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open(const spool::Budgets& budgets = spool::usual_budgets(), seconds every = seconds(60)) {
    office_.emplace(*store_, *chronicle_, clock_, folder_, budgets);
    plan(every);
  }
  void plan(seconds every) {
    ipc::Frame frame;
    frame.body = encode(ipc::control_records::NocPlan{"north", every});
    const auto heard = office_->hear(frame);
    ASSERT_TRUE(heard) << heard.error().to_text();
  }
  void happens(EventId event, const std::string& reason = "as it was", int many = 1,
               const std::string& process = "proxyd") {
    for (int i = 0; i < many; ++i)
      write(
          process,
          Event(event).add(Field::terminal, "desk-1").add(Field::service, "emr").add(Field::reason, reason));
  }
  void write(const std::string& process, Event event) {
    const model::Record record{clock_.civil_now(), model::ClockState::right, process, "karte",
                               std::move(event)};
    ASSERT_TRUE(store_->append("run", ++serial_, std::array{record}));
  }
  /// Time passes, and whatever the office asks the supervisor is answered.
  void pass(seconds time, bool answers = true) {
    clock_.advance(time);
    tick();
    for (;;) {
      const auto asked = supervisor_->receive();
      if (!asked || !*asked) break;
      const bool is_state = (*asked)->type == ipc::type_number(ipc::op::Msg::status);
      if (!is_state || !answers) continue;
      ipc::op::State state;
      state.generation = model::Generation(7);
      state.clock.now = seconds(1'700'000'000);
      state.processes = {{.name = "keyd", .pid = 5, .serving = true, .resident = 4096}};
      ASSERT_TRUE(supervisor_->send(ipc::type_number(ipc::op::Msg::state), (*asked)->request, encode(state)));
    }
    while (const auto answer = errands_.take()) office_->told(*answer, terminals_);
  }
  void tick() { office_->tick(errands_, *images_); }
  void agent_comes() {
    auto ends = ipc::Channel::pair();
    agent_.emplace(std::move(ends->first));
    office_->admit(std::move(ends->second));
  }
  std::vector<std::string> take(Stream stream) {
    clock_.advance(std::chrono::hours(1));  // the pace is the spool's own test's
    EXPECT_TRUE(
        agent_->send(ipc::type_number(wire::Msg::take), 0, encode(wire::Take{stream, wire::kMostBatch})));
    tick();
    const auto said = agent_->receive();
    if (!said || !*said) return {"no answer"};
    const auto octets = sys::read_sealed((*said)->fds.front().get(), wire::kMostSealedBatch);
    std::vector<std::string> out;
    const auto batch = decode<wire::Batch>(*octets);
    for (const wire::Entry& entry : batch->entries) {
      out.emplace_back(as_text(entry.octets));
      last_[stream] = entry.number;
    }
    return out;
  }
  void arrived(Stream stream) {
    ASSERT_TRUE(
        agent_->send(ipc::type_number(wire::Msg::arrived), 0, encode(wire::Arrived{stream, last_[stream]})));
    tick();
  }

  support::ManualClock clock_;
  std::filesystem::path folder_;
  std::optional<RecordStore> store_;
  std::optional<ipc::Channel> ear_, supervisor_, agent_;
  std::optional<ipc::RecordSink> sink_;
  std::optional<Chronicle> chronicle_;
  ErrandLine errands_;
  std::optional<NocOffice> office_;
  std::optional<ImageShelf> images_;
  TerminalEnds terminals_{};
  std::uint64_t serial_ = 0;
  std::map<Stream, std::uint64_t> last_;
};

TEST_F(NocOfficeTest, records_are_syslog_messages_with_their_number_and_their_link) {
  open();
  happens(EventId::terminal_blocked, "stolen");
  happens(EventId::isolation_broken);
  happens(EventId::clock_behind);
  pass(seconds(1));
  agent_comes();
  const auto audit = take(Stream::audit), events = take(Stream::events);
  ASSERT_EQ(audit.size(), 2u);
  EXPECT_TRUE(audit[0].starts_with("<108>1 2026-11-22T")) << audit[0];  // log audit, warning (RFC 5424 6.2.1)
  EXPECT_THAT(audit[0], HasSubstr("Z north sekisho proxyd terminal.blocked [sekisho@32473 class=\"audit\" "
                                  "number=\"1\" record=\"1\" link=\""));
  EXPECT_THAT(audit[0], HasSubstr("\"] {\"number\":1,"));
  EXPECT_THAT(audit[1], HasSubstr("number=\"2\" record=\"2\""));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_THAT(events[0], HasSubstr("class=\"events\" number=\"1\" record=\"3\""));
  const auto kept = *store_->read(3, 1);
  EXPECT_THAT(events[0], HasSubstr(to_hex(kept[0].link)));
  EXPECT_THAT(events[0], HasSubstr(kept[0].line));
}

TEST_F(NocOfficeTest, an_agent_is_told_which_image_is_wanted_and_from_where_on) {
  open();
  agent_comes();
  const auto wanted = [&] {
    EXPECT_TRUE(agent_->send(ipc::type_number(wire::Msg::image_wanted), 0, {}));
    tick();
    const auto said = agent_->receive();
    return said && *said ? *decode<wire::Image>((*said)->body) : wire::Image{"no answer"};
  };
  const auto hand_over = [&](std::uint64_t at, std::uint64_t whole, std::vector<std::uint8_t> octets) {
    const wire::ImagePiece piece{at, whole, std::move(octets)};
    ASSERT_TRUE(agent_->send(ipc::type_number(wire::Msg::image_piece), 0, encode(piece)));
    tick();
  };
  EXPECT_EQ(wanted().sha256, "");
  images_->want(std::string(64, 'a'));
  EXPECT_EQ(wanted().sha256, std::string(64, 'a'));
  hand_over(0, 10, {1, 2, 3});
  EXPECT_EQ(wanted().at, 3u);
  hand_over(3, 4, {4, 5});
  EXPECT_FALSE(office_->fd()) << "whoever brings more than there is is no agent";
}

TEST_F(NocOfficeTest, an_agent_hands_orders_over_once) {
  open();
  agent_comes();
  const auto hand_over = [&](std::vector<std::uint8_t> piece, bool is_last) {
    const wire::Orders some{std::move(piece), is_last};
    ASSERT_TRUE(agent_->send(ipc::type_number(wire::Msg::orders), 0, encode(some)));
    tick();
  };
  hand_over({1}, false);
  EXPECT_FALSE(office_->orders());
  hand_over({2}, true);
  EXPECT_EQ(office_->orders(), (std::vector<std::uint8_t>{1, 2}));
  EXPECT_TRUE(office_->fd());
  hand_over({3}, true);
  EXPECT_FALSE(office_->orders());
  EXPECT_FALSE(office_->fd()) << "it is out of phase";
  agent_comes();
  hand_over({4}, true);
  EXPECT_EQ(office_->orders(), std::vector<std::uint8_t>{4}) << "the next round's";
}

TEST_F(NocOfficeTest, a_round_with_trouble_has_not_come_about) {
  open();
  const auto round = [&](std::optional<wire::Trouble> trouble) {
    agent_comes();
    const wire::Told told{.trouble = std::move(trouble)};
    ASSERT_TRUE(agent_->send(ipc::type_number(wire::Msg::told), 0, encode(told)));
    tick();
  };
  round(wire::Trouble{ErrorCode::noc_broke_off});
  EXPECT_FALSE(office_->has_come_about());
  round({});
  EXPECT_TRUE(office_->has_come_about());
  tick();
  EXPECT_FALSE(office_->has_come_about()) << "once";
}

TEST_F(NocOfficeTest, an_agent_that_says_more_than_anybody_has_to_say_keeps_nobody_waiting) {
  open();
  agent_comes();
  for (std::uint64_t n = 0; n < 40; ++n)
    ASSERT_TRUE(
        agent_->send(ipc::type_number(wire::Msg::arrived), 0, encode(wire::Arrived{Stream::events, n})));
  ASSERT_TRUE(agent_->send(ipc::type_number(wire::Msg::told), 0, encode(wire::Told{})));
  tick();
  EXPECT_FALSE(office_->has_come_about()) << "others have their turn first";
  tick();
  tick();
  EXPECT_TRUE(office_->has_come_about());
}

TEST_F(NocOfficeTest, sessions_are_counted_and_not_told) {
  open();
  happens(EventId::session_opened);
  happens(EventId::session_closed, "finished", 3);
  happens(EventId::session_refused, "policy_no_rule");
  pass(seconds(60));
  agent_comes();
  EXPECT_THAT(take(Stream::audit), IsEmpty());
  EXPECT_THAT(take(Stream::events), testing::ElementsAre(HasSubstr("session.refused")));
  const auto figures = take(Stream::metrics);
  ASSERT_FALSE(figures.empty());
  for (const char* word : {"sekisho_sessions_ended_total", "finished", "sekisho_refusals_total",
                           "policy_no_rule", "sekisho_process_resident_memory_bytes", "north"})
    EXPECT_THAT(figures.back(), HasSubstr(word));
  for (const std::string& text : figures)
    EXPECT_EQ(text.find("desk-1"), std::string::npos) << "a terminal is named";
}

TEST_F(NocOfficeTest, that_nobody_confirmed_a_change_is_a_figure_also_of_a_controld_that_was_killed) {
  const auto figures = [&] {
    pass(seconds(60));
    agent_comes();
    return take(Stream::metrics).back();
  };
  open();
  happens(EventId::change_rolled_back, "somebody did not want it", 1, "controld");
  EXPECT_THAT(figures(), testing::Not(HasSubstr("sekisho_change_undone_timestamp_seconds")));
  happens(EventId::change_rolled_back, "nobody confirmed it in time", 1, "controld");
  EXPECT_THAT(figures(), HasSubstr("sekisho_change_undone_timestamp_seconds"));
  office_.reset();
  open();
  EXPECT_THAT(figures(), HasSubstr("sekisho_change_undone_timestamp_seconds"));
}

TEST_F(NocOfficeTest, what_another_writes_than_whose_record_it_is_calls_nobody) {
  happens(EventId::change_rolled_back, "nobody confirmed it in time");
  open();
  happens(EventId::change_rolled_back, "nobody confirmed it in time");
  happens(EventId::session_closed, "made up", 1, "dialerd");
  write("proxyd", Event(EventId::process_started).add(Field::name, "made up"));
  pass(seconds(60));
  agent_comes();
  const std::string figures = take(Stream::metrics).back();
  EXPECT_THAT(figures, HasSubstr("sekisho_process_resident_memory_bytes"));
  EXPECT_THAT(figures, testing::Not(HasSubstr("sekisho_change_undone_timestamp_seconds")));
  EXPECT_THAT(figures, testing::Not(HasSubstr("made up")));
}

TEST_F(NocOfficeTest, times_that_nothing_can_take_are_no_figures) {
  auto spool = spool::Spool::open(folder_, clock_.now());
  ASSERT_TRUE(spool);
  metrics::Ledger ledger;
  PathTimes paths;
  NocFeed feed(*store_, *spool, ledger, paths);
  ASSERT_TRUE(feed.begin());
  constexpr std::uint64_t kHostile[] = {UINT64_MAX, 1ull << 63, (1ull << 63) - 1};
  for (const std::uint64_t whole : kHostile)
    for (const std::uint64_t dial : kHostile)
      write("proxyd", Event(EventId::session_opened)
                          .add(Field::service, "emr")
                          .add(Field::handshake_ms, whole)
                          .add(Field::dial_ms, dial));
  write("proxyd", Event(EventId::session_opened)
                      .add(Field::service, "emr")
                      .add(Field::handshake_ms, std::uint64_t{100})
                      .add(Field::dial_ms, std::uint64_t{40}));
  ASSERT_TRUE(feed.go_on("north"));
  paths.tell(ledger);
  const auto samples = ledger.snapshot({}).samples;
  EXPECT_FALSE(samples.empty());
  constexpr double kYear = 366.0 * 24 * 60 * 60;
  for (const metrics::Sample& sample : samples) {
    EXPECT_GE(sample.value, 0);
    EXPECT_LT(sample.value, 10 * kYear);
  }
}

TEST_F(NocOfficeTest, the_state_says_what_is_in_force_and_what_waits) {
  open();
  pass(seconds(60));
  agent_comes();
  const auto states = take(Stream::state);
  ASSERT_EQ(states.size(), 1u);
  for (const char* words : {"\"format\":\"sekisho.state/1\"", "\"site\":\"north\"", "\"generation\":7",
                            "\"name\":\"keyd\"", "\"class\":\"metrics\""})
    EXPECT_THAT(states[0], HasSubstr(words));
}

TEST_F(NocOfficeTest, what_an_agent_had_and_did_not_deliver_the_next_one_gets) {
  open();
  happens(EventId::terminal_blocked);
  pass(seconds(1));
  agent_comes();
  EXPECT_EQ(take(Stream::audit).size(), 1u);
  agent_comes();
  EXPECT_EQ(take(Stream::audit).size(), 1u);
  arrived(Stream::audit);
  agent_comes();
  EXPECT_THAT(take(Stream::audit), IsEmpty());
}

TEST_F(NocOfficeTest, what_was_given_up_becomes_a_record_and_is_told_itself) {
  spool::Budgets small = spool::usual_budgets();
  small[static_cast<std::size_t>(spool::Class::metrics)] = 6'000;
  open(small);
  for (int minute = 0; minute < 20; ++minute) pass(seconds(60));
  agent_comes();
  ASSERT_FALSE(take(Stream::metrics).empty());
  arrived(Stream::metrics);
  pass(seconds(1));
  pass(seconds(1));
  const auto events = take(Stream::events);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_THAT(events[0], HasSubstr("noc.gap"));
  EXPECT_THAT(events[0], HasSubstr("\"name\":\"metrics\""));
  EXPECT_THAT(events[0], HasSubstr("\"first\":1,"));
}

TEST_F(NocOfficeTest, a_controld_that_was_killed_goes_on_where_it_stood) {
  open();
  happens(EventId::terminal_blocked, "first");
  pass(seconds(1));
  happens(EventId::terminal_blocked, "while it is away");
  office_.reset();
  open();
  happens(EventId::terminal_blocked, "afterwards");
  pass(seconds(1));
  agent_comes();
  const auto audit = take(Stream::audit);
  ASSERT_EQ(audit.size(), 3u);
  EXPECT_THAT(audit[1], HasSubstr("while it is away"));
  EXPECT_THAT(audit[2], HasSubstr("number=\"3\""));
}

TEST_F(NocOfficeTest, of_the_time_before_there_was_one_nothing_is_told) {
  happens(EventId::terminal_blocked, "long ago");
  open();
  happens(EventId::terminal_blocked, "now");
  pass(seconds(1));
  agent_comes();
  EXPECT_THAT(take(Stream::audit), testing::ElementsAre(HasSubstr("now")));
}

TEST_F(NocOfficeTest, without_an_operations_centre_there_is_no_spool_and_no_agent) {
  open(spool::usual_budgets(), seconds(0));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "spool.db"));
  agent_comes();
  EXPECT_FALSE(office_->fd());
  EXPECT_FALSE(office_->due());
}

TEST_F(NocOfficeTest, what_waits_and_is_damaged_is_given_up_and_that_is_told) {
  open();
  happens(EventId::terminal_blocked, "before");
  pass(seconds(1));
  office_.reset();
  std::filesystem::resize_file(folder_ / "spool.db", 100);
  open();
  pass(seconds(1));
  agent_comes();
  EXPECT_THAT(take(Stream::audit), IsEmpty());
  EXPECT_THAT(take(Stream::events), testing::ElementsAre(HasSubstr("all that waited")));
}

/// The box's own records come first: a spool that fails is nobody's end but its own.
TEST_F(NocOfficeTest, where_nothing_can_be_kept_it_is_told_once_and_tried_again) {
  std::filesystem::create_directory(folder_ / "spool.db");
  open();
  agent_comes();
  EXPECT_FALSE(office_->fd());
  pass(seconds(60));
  pass(seconds(60));
  const auto told = store_->find({.event = "noc.not_reached"}, store_->last() + 1, 10);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->size(), 1u);
  happens(EventId::terminal_blocked, "while it cannot");
  std::filesystem::remove(folder_ / "spool.db");
  pass(seconds(60));
  happens(EventId::terminal_blocked, "when it can");
  pass(seconds(1));
  agent_comes();
  EXPECT_THAT(take(Stream::audit), testing::Contains(HasSubstr("when it can")));
}

TEST_F(NocOfficeTest, an_agent_that_breaks_the_rules_loses_its_channel) {
  open();
  agent_comes();
  ASSERT_TRUE(agent_->send(99, 0, {}));
  tick();
  EXPECT_FALSE(office_->fd());
}

}  // namespace
}  // namespace gw::control
