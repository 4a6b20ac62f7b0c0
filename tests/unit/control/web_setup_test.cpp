// The first setting-up as administrators see it (ADM-04): the supervisor is played, and says how the
// box is.

#include "base/text.h"
#include "pki/certificate.h"
#include "unit/control/seen_box.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using model::CertificateRoll;
using model::IpAddress;
using model::NetworkRoll;
using model::NetworkSight;
using model::Prefix;
using op::Msg;
using Outcome = model::ProofCase::Outcome;

class WebSetup : public SeenBox {
 protected:
  std::string shown() { return looked(OperationId::setup_show).json; }
  Said state(std::string_view step, std::string_view stated = "seen") {
    return looked(OperationId::setup_step, {text(step), text(stated)});
  }
  void record(EventId event) {
    const std::vector<model::Record> told{
        {clock.civil_now(), model::ClockState::right, "supervisor", "", Event(event)}};
    ASSERT_TRUE(store->append("told", ++told_, told));
  }
  void state_all() {
    for (const char* step : {"language", "identity", "time", "noc"}) EXPECT_EQ(state(step).error, "") << step;
  }

  std::uint64_t told_ = 0;
};

std::string step_of(std::string_view step, std::string_view state, std::string_view findings) {
  return R"({"step":")" + std::string(step) + R"(","state":")" + std::string(state) + R"(","findings":[)" +
         std::string(findings) + "]}";
}

TEST_F(WebSetup, what_the_box_finds_out_itself_needs_no_word) {
  for (const char* step : {"language", "identity", "time"}) ASSERT_EQ(state(step).error, "");
  const std::string json = shown();
  EXPECT_THAT(json, HasSubstr(step_of("administrator", "done", "")));
  EXPECT_THAT(json, HasSubstr(step_of("network", "done", "")));
  EXPECT_THAT(json, HasSubstr(step_of("noc", "open", "")));
  EXPECT_THAT(json, HasSubstr(R"({"step":"identity","state":"done","stated":"seen","by":"first")"));
}

TEST_F(WebSetup, a_cable_that_is_out_holds_up_the_network_and_everything_behind_it) {
  sights[1].links[0].carrier = false;
  for (const char* step : {"language", "identity", "time"}) ASSERT_EQ(state(step).error, "");
  EXPECT_THAT(shown(), HasSubstr(step_of("network", "open", R"("port_no_cable:wan0")")));
  const Said refused = state("noc");
  EXPECT_EQ(refused.error, "setup.out_of_order");
  EXPECT_THAT(refused.detail, HasSubstr("port_no_cable:wan0"));
  sights[1].links[0].carrier = true;
  sights[1].links[0].addresses.clear();
  EXPECT_THAT(shown(), HasSubstr(R"("port_differs:wan0")"));
}

TEST_F(WebSetup, a_clock_that_is_behind_is_not_right_whoever_says_so) {
  ASSERT_EQ(state("language").error, "");
  ASSERT_EQ(state("identity").error, "");
  diagnosis.state.clock.earliest = std::chrono::milliseconds(1);
  EXPECT_EQ(state("time").error, "setup.out_of_order");
}

TEST_F(WebSetup, nobody_calls_a_centre_told_that_does_not_answer) {
  for (const char* step : {"language", "identity", "time"}) ASSERT_EQ(state(step).error, "");
  EXPECT_EQ(state("noc", "told: Vendor K.K.").error, "setup.out_of_order") << "it was never tried";
  record(EventId::noc_reached);
  record(EventId::noc_unreached);
  EXPECT_EQ(state("noc", "told: Vendor K.K.").error, "setup.out_of_order") << "it answers no more";
  record(EventId::noc_reached);
  EXPECT_EQ(state("noc", "told: Vendor K.K.").error, "");
  EXPECT_EQ(state("noc", "later: Vendor K.K.").error, "") << "whoever agreed to do without needs no centre";
}

TEST_F(WebSetup, a_site_without_rules_is_not_done) {
  ASSERT_TRUE(reviews->rules().set({}));
  EXPECT_THAT(shown(), HasSubstr(step_of("site", "waiting", R"("no_rule")")));
}

TEST_F(WebSetup, services_are_all_tried_and_all_reached) {
  ASSERT_TRUE(reviews->rules().set({.rows = {rule("raw"), rule("web")}}));
  EXPECT_THAT(shown(), HasSubstr(R"("service_untried:karte/web")"));
  diagnosis.trials.trials[0].outcome = model::CloseReason::upstream_refused;
  EXPECT_THAT(shown(), HasSubstr(R"("service_failed:karte/raw")"));
}

TEST_F(WebSetup, isolation_is_proved_under_the_configuration_in_force_and_all_of_it_held) {
  diagnosis.state.generation = model::Generation(4);
  EXPECT_THAT(shown(), HasSubstr(R"("unproved")"));
  proof.generation = diagnosis.state.generation;
  proof.cases[0].outcome = Outcome::broken;
  EXPECT_THAT(shown(), HasSubstr(R"("proof_broken:1")"));
  proof.cases[0].outcome = Outcome::unproven;
  EXPECT_THAT(shown(), HasSubstr(R"("proof_unproven:1")"));
  diagnosis.state.proof.ended = std::chrono::milliseconds(0);
  EXPECT_THAT(shown(), HasSubstr(R"("unproved")")) << "it was never tried";
}

TEST_F(WebSetup, the_report_says_what_the_box_is_and_is_shown_again_as_it_was) {
  EXPECT_EQ(ask(OperationId::setup_report, {}, come("first")).error, "setup.out_of_order");
  EXPECT_EQ(looked(OperationId::setup_finish).error, "setup.out_of_order");
  state_all();
  const Said made = looked(OperationId::setup_finish);
  ASSERT_EQ(made.error, "");
  const std::string report = member(made.json, "report"), digest = to_hex(pki::sha256_of(as_bytes(report)));
  for (const char* part :
       {R"("site":"clinic-1")", R"("by":"first")", R"("serial":"4f")", R"("generation":3)", R"("held":1)",
        R"("addresses":["198.51.100.2/24"])", R"("terminals":["desk-1"])", R"("outcome":"finished")"})
    EXPECT_THAT(report, HasSubstr(part));
  EXPECT_EQ(member(made.json, "sha256"), digest);
  const auto event = recorded(EventId::setup_finished);
  ASSERT_TRUE(event);
  EXPECT_THAT(to_json_line(*event, {}), HasSubstr(digest));
  sights[1].links.clear();
  EXPECT_EQ(ask(OperationId::setup_report, {}, come("first")).json, made.json);
  EXPECT_EQ(looked(OperationId::setup_finish).error, "setup.over");
}

TEST_F(WebSetup, what_waits_says_so_to_whoever_may_set_the_box_up_until_it_is_done) {
  add(Role::viewer);
  const auto waits_for = [&](const std::string& who) {
    const ipc::Frame asked = passed_on(OperationId::box_status, {}, who);
    return answered(asked, Msg::state, encode(diagnosis.state)).json;
  };
  EXPECT_THAT(waits_for("first"), HasSubstr("setup.open"));
  EXPECT_THAT(waits_for("viewer"), Not(HasSubstr("setup.open")));
  state_all();
  ASSERT_EQ(looked(OperationId::setup_finish).error, "");
  EXPECT_THAT(waits_for("first"), Not(HasSubstr("setup.open")));
}

TEST_F(WebSetup, whoever_has_not_signed_in_sees_which_certificate_to_compare) {
  msg::Ask question;
  question.operation = static_cast<std::uint16_t>(OperationId::setup_identity);
  EXPECT_TRUE(msg::send_ask(webd, 7, question));
  ASSERT_TRUE(desk.serve(around()));
  const auto asked = supervisor->receive();
  ASSERT_TRUE(asked && *asked);
  answer(**asked);
  EXPECT_THAT(heard().json, HasSubstr(R"("serial":"4f","sha256":"abab)"));
}

}  // namespace
}  // namespace gw::control
