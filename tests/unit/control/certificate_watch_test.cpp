// Certificates that people have to see to are told of in time, once at each step (CRT-05).

#include "control/certificate_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/codec.h"
#include "support/manual_clock.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using model::CertificateRoll;
using op::Msg;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// A box whose supervisor is played.
class CertificateWatchTest : public testing::Test {
 protected:
  CertificateWatchTest() {
    std::string pattern = "/tmp/gw-certificates-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    clock_.set_civil(CivilTime(std::chrono::seconds(1'800'000'000)));
    store_.emplace(*RecordStore::open(folder_, 0));
    chronicle_.emplace(*store_, sink_, clock_);
    auto desk = *ipc::Channel::pair();
    supervisor_.emplace(std::move(desk.first));
    errands_.connect(std::move(desk.second));
    start();
  }
  ~CertificateWatchTest() override { std::filesystem::remove_all(folder_); }

  /// As a controld that was started again.
  void start() { watch_.emplace(*store_, *chronicle_, clock_); }
  model::CivilSeconds in(std::chrono::seconds time) const {
    return std::chrono::floor<model::CivilSeconds>(clock_.civil_now().time_since_epoch()) + time;
  }
  /// Of a year, which ends in so many days and an hour and a half.
  CertificateRoll::Certificate ending(days left, std::uint8_t number) const {
    CertificateRoll::Certificate out;
    out.fingerprint.fill(number);
    out.begins = in(left - days(365));
    out.ends = in(left + minutes(90));
    return out;
  }
  void own(const std::string& name, CertificateRoll::Renewal renewal, days left, std::uint8_t number) {
    CertificateRoll::Own& one = roll_.own.emplace_back();
    one.tenant = "karte";
    one.name = name;
    one.renewal = renewal;
    one.certificate = ending(left, number);
  }
  audit::Record session(const std::string& tenant, const std::string& terminal, days left,
                        const std::string& fingerprint, const std::string& process = "proxyd") const {
    Event event(EventId::session_opened);
    event.add(Field::terminal, terminal).add(Field::down_cert, fingerprint);
    event.add(Field::down_until, to_timestamp(CivilTime(in(left + minutes(90)))));
    return {clock_.civil_now(), model::ClockState::right, process, tenant, event};
  }
  void comes(const std::string& terminal, days left, const std::string& fingerprint,
             const std::string& process = "proxyd") {
    const std::vector<audit::Record> one{session("karte", terminal, left, fingerprint, process)};
    ASSERT_TRUE(store_->append("run", next_++, one));
    watch_->heed(one.front());
  }
  /// Hour by hour; a question gets its answer, or a refusal.
  void pass(hours time, bool is_right = true, bool is_answered = true) {
    for (hours at{0}; at < time; at += hours(1)) {
      clock_.advance(hours(1));
      watch_->tick(errands_, is_right);
      for (auto asked = supervisor_->receive(); asked && *asked; asked = supervisor_->receive()) {
        ASSERT_EQ((*asked)->type, ipc::type_number(Msg::certificates));
        answer(**asked, is_answered);
      }
      while (auto said = errands_.take()) watch_->told(*said);
    }
  }
  void answer(const ipc::Frame& asked, bool is_answered) {
    if (!is_answered) {
      const op::Rejected rejected{ErrorCode::status_unavailable, {}};
      const UniqueFd words = *sys::seal({}, "test");
      ASSERT_TRUE(
          supervisor_->send(ipc::type_number(Msg::rejected), asked.request, encode(rejected), {words.get()}));
      return;
    }
    const UniqueFd roll = *sys::seal(encode(roll_), "test"),
                   state = *sys::seal(encode(model::CertificateState()), "test");
    ASSERT_TRUE(supervisor_->send(ipc::type_number(Msg::certificate_roll), asked.request, {},
                                  {roll.get(), state.get()}));
  }
  /// "emr 29", "desk-1 6": whose it is and how many days are left, since the last time.
  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (auto frame = log_.receive(); frame && *frame; frame = log_.receive()) {
      const auto event = *decode<Event>((*frame)->body);
      std::string line;
      EXPECT_EQ(event.id(), EventId::certificate_due);
      for (const Event::Entry& entry : event.entries()) {
        if (entry.field == Field::name || entry.field == Field::terminal) line += entry.text;
        if (entry.field == Field::days_left) line += " " + std::to_string(entry.number);
      }
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
  std::optional<ipc::Channel> supervisor_;
  ErrandLine errands_;
  CertificateRoll roll_{};
  std::uint64_t next_ = 1;
  std::optional<CertificateWatch> watch_;
};

TEST_F(CertificateWatchTest, what_people_renew_is_told_once_at_each_step_until_it_has_ended) {
  own("emr", CertificateRoll::Renewal::file, days(70), 1);
  own("pacs", CertificateRoll::Renewal::request, days(300), 2);
  pass(days(80));
  EXPECT_THAT(told(), ElementsAre("emr 59", "emr 29", "emr 13", "emr 6", "emr 0", "emr 0"));
}

TEST_F(CertificateWatchTest, what_the_box_renews_by_itself_is_its_renewers) {
  own("managed", CertificateRoll::Renewal::est, days(10), 1);
  pass(days(3));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(CertificateWatchTest, an_authority_is_one_however_many_tenants_believe_it) {
  for (const char* tenant : {"karte", "image"}) {
    CertificateRoll::TrustSet& set = roll_.trust.emplace_back();
    set.tenant = tenant;
    set.anchors = {{.file = "cloud-ca.pem", .certificate = ending(days(5), 7)}};
  }
  pass(days(2));
  EXPECT_THAT(told(), ElementsAre("cloud-ca.pem 5"));
}

TEST_F(CertificateWatchTest, a_terminals_is_told_from_a_month_before_and_a_new_one_ends_that) {
  comes("desk-1", days(40), "aa");
  comes("desk-2", days(16), "bb");
  pass(days(3));
  EXPECT_THAT(told(), UnorderedElementsAre("desk-2 16", "desk-2 13"));
  comes("desk-2", days(397), "cc");
  pass(days(50));
  EXPECT_THAT(told(), ElementsAre("desk-1 29", "desk-1 13", "desk-1 6", "desk-1 0"));
  EXPECT_EQ(watch_->terminals().all().size(), 1u) << "nobody comes with what has ended";
}

TEST_F(CertificateWatchTest, of_each_tenant_the_first_end_is_known_also_after_a_restart) {
  comes("desk-1", days(40), "aa");
  comes("desk-2", days(16), "bb");
  const auto first = in(days(16) + minutes(90));
  EXPECT_THAT(watch_->terminals().first(), ElementsAre(testing::Pair("karte", first)));
  start();
  EXPECT_THAT(watch_->terminals().first(), ElementsAre(testing::Pair("karte", first)));
}

TEST_F(CertificateWatchTest, a_controld_that_was_started_again_tells_nothing_twice) {
  own("emr", CertificateRoll::Renewal::file, days(20), 1);
  pass(days(1));
  EXPECT_THAT(told(), ElementsAre("emr 20"));
  start();
  pass(days(4));
  EXPECT_THAT(told(), IsEmpty());
  start();
  pass(days(2));
  EXPECT_THAT(told(), ElementsAre("emr 13"));
}

TEST_F(CertificateWatchTest, only_a_proxyd_says_what_a_terminal_came_with) {
  comes("desk-1", days(5), "aa", "dialerd");
  pass(days(1));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(CertificateWatchTest, who_makes_terminals_up_in_one_tenant_hides_no_other_tenants) {
  const auto made_up = [&](int count, const std::string& of) {
    for (int n = 0; n < count; ++n)
      watch_->heed(session("imaging", std::to_string(n), days(5), of + std::to_string(n)));
  };
  made_up(5'000, "first ");
  EXPECT_EQ(watch_->terminals().all().size(), TerminalEnds::kMostOfTenant);
  comes("desk-1", days(5), "aa");
  for (int hour = 1; hour < 4; ++hour) {
    made_up(1'000, std::to_string(hour) + " ");
    pass(hours(1));
  }
  const auto all = told();
  EXPECT_THAT(all, testing::Contains("desk-1 5"));
  EXPECT_LE(all.size(), 3 * CertificateWatch::kMostAtOnce + 1);
}

TEST_F(CertificateWatchTest, by_a_clock_that_cannot_be_right_nothing_is_told) {
  own("emr", CertificateRoll::Renewal::file, days(5), 1);
  comes("desk-1", days(5), "aa");
  pass(days(1), false);
  EXPECT_THAT(told(), IsEmpty());
  pass(days(1));
  EXPECT_THAT(told(), UnorderedElementsAre("emr 4", "desk-1 4"));
}

TEST_F(CertificateWatchTest, a_question_without_an_answer_is_asked_again) {
  own("emr", CertificateRoll::Renewal::file, days(5), 1);
  pass(days(1), true, false);
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_LE(watch_->due() - clock_.now(), CertificateWatch::kFirstLook);
  pass(days(1));
  EXPECT_THAT(told(), ElementsAre("emr 4"));
}

}  // namespace
}  // namespace gw::control
