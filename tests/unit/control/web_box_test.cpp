// What administrators ask of the running box: the supervisor is played.

#include "model/session_roll.h"
#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

namespace op = ipc::op;

class WebBox : public WebDeskTest {
 protected:
  void SetUp() override { settle(); }
};

TEST_F(WebBox, its_status_is_what_the_supervisor_says_and_what_waits_for_somebody) {
  const ipc::Frame asked = passed_on(OperationId::box_status, {});
  ASSERT_EQ(asked.type, ipc::type_number(op::Msg::status));
  EXPECT_TRUE(desk.waits()) << "nobody else is answered before";
  op::State state;
  state.generation = model::Generation(4);
  state.processes = {{.name = "proxyd", .tenant = "karte", .pid = 7, .restarts = 1, .serving = true}};
  const Said said = answered(asked, op::Msg::state, encode(state));
  EXPECT_THAT(said.json, HasSubstr("\"generation\":4"));
  EXPECT_THAT(said.json, HasSubstr("\"running\":true,\"restarts\":1"));
  EXPECT_FALSE(desk.waits());
}

TEST_F(WebBox, whoever_manages_accounts_is_told_each_quarter_to_go_through_them) {  // ADM-07
  const auto waits = [&] {
    return answered(passed_on(OperationId::box_status, {}), op::Msg::state, encode(op::State())).json;
  };
  EXPECT_THAT(waits(), Not(HasSubstr("account.stock_take")));
  clock.advance(std::chrono::days(93));
  EXPECT_THAT(waits(), HasSubstr("\"account.stock_take\""));
  ASSERT_EQ(ask(OperationId::accounts_stock_take, {}, come("first")).error, "");
  EXPECT_THAT(waits(), Not(HasSubstr("account.stock_take")));
}

TEST_F(WebBox, an_emergency_account_in_use_waits_for_everybody) {  // EMG-01
  add(Role::break_glass);
  add(Role::viewer);
  const auto waits = [&] {
    return answered(passed_on(OperationId::box_status, {}, names.at(Role::viewer)), op::Msg::state,
                    encode(op::State()))
        .json;
  };
  EXPECT_THAT(waits(), Not(HasSubstr("account.emergency")));
  (void)come(names.at(Role::break_glass));
  EXPECT_THAT(waits(), HasSubstr("\"account.emergency:" + names.at(Role::break_glass) + "\""));
}

TEST_F(WebBox, an_exception_that_ends_soon_waits_for_everybody) {  // NET-02, D10
  const auto today = std::chrono::floor<std::chrono::seconds>(clock.civil_now()).time_since_epoch();
  model::RuleRoll rules;
  rules.exceptions = {{.tenant = "karte", .service = "remote", .until = today + std::chrono::days(40)}};
  ASSERT_TRUE(reviews->rules().set(rules));
  const auto waits = [&] {
    return answered(passed_on(OperationId::box_status, {}), op::Msg::state, encode(op::State())).json;
  };
  EXPECT_THAT(waits(), Not(HasSubstr("exception.ends")));
  clock.advance(std::chrono::days(11));
  EXPECT_THAT(waits(), HasSubstr("\"exception.ends:karte/remote\""));
}

TEST_F(WebBox, sessions_are_listed_by_tenant_and_terminal) {
  const ipc::Frame asked = passed_on(OperationId::connections_list, {{}, text("ct-2"), {}});
  model::SessionRoll roll;
  for (const char* terminal : {"ct-1", "ct-2", "ct-2"}) {
    model::SessionRow row;
    row.session = model::SessionId(roll.rows.size() + 1);
    row.tenant = "karte";
    row.terminal = terminal;
    roll.rows.push_back(row);
  }
  const Said said = answered_with_file(asked, op::Msg::session_roll, encode(roll));
  EXPECT_THAT(said.json, HasSubstr("\"all\":2"));
  EXPECT_THAT(said.json, Not(HasSubstr("ct-1")));
}

TEST_F(WebBox, who_ends_a_session_is_recorded_before_it_is_ordered) {  // LOG-01
  (void)told();
  const ipc::Frame asked =
      passed_on(OperationId::connections_end, {text("karte"), TypedValue::of(std::uint64_t{9})});
  EXPECT_THAT(told(), Contains("session.end_ordered"));
  EXPECT_EQ(decode<op::EndConnection>(asked.body)->session, model::SessionId(9));
  const op::Rejected rejected{ErrorCode::session_unknown, ""};
  const UniqueFd nothing = *sys::seal({}, "nothing");
  EXPECT_EQ(answered(asked, op::Msg::rejected, encode(rejected), {nothing.get()}).error, "session.unknown");
}

TEST_F(WebBox, a_cut_names_what_it_cuts_and_who_cuts) {  // ISO-10
  const ipc::Frame asked =
      passed_on(OperationId::cuts_make, {text("terminal"), text("karte"), text("desk-1"), text("lost")});
  const auto order = decode<op::CutOrder>(asked.body);
  ASSERT_TRUE(order);
  EXPECT_EQ(order->cut.to_text(), "terminal karte/desk-1");
  EXPECT_EQ(order->reason, "first: lost");
  EXPECT_EQ(answered(asked, op::Msg::done, {}).error, "");
}

TEST_F(WebBox, a_cut_that_is_named_amiss_goes_nowhere) {
  const Session session = come("first");
  for (const TypedValues& values :
       std::vector<TypedValues>{{text("tenant"), {}, {}, text("x")},
                                {text("everything"), text("karte"), {}, text("x")},
                                {text("source"), {}, text("10.0.0"), text("x")},
                                {text("certificates"), text("karte"), {}, text("x")}}) {
    EXPECT_EQ(ask(OperationId::cuts_make, values, session).error, "text.malformed");
    EXPECT_FALSE(*supervisor->receive());
  }
}

TEST_F(WebBox, who_has_isolation_proved_is_told_to_whoever_proves_it) {  // ISO-09, LOG-01
  const ipc::Frame asked = passed_on(OperationId::isolation_try, {});
  ASSERT_EQ(asked.type, ipc::type_number(op::Msg::try_isolation));
  const auto by = decode<op::Administrator>(asked.body);
  ASSERT_TRUE(by);
  EXPECT_EQ(by->name, "first");
  EXPECT_FALSE(by->session.empty());
  const op::Rejected rejected{ErrorCode::diagnosis_under_way, ""};
  const UniqueFd nothing = *sys::seal({}, "nothing");
  EXPECT_EQ(answered(asked, op::Msg::rejected, encode(rejected), {nothing.get()}).error,
            "diagnosis.under_way");
}

TEST_F(WebBox, who_stops_a_proof_or_a_diagnosis_is_told_to_whoever_records_it) {  // ISO-09, DEM-03, LOG-01
  for (const auto& [operation, message] : {std::pair{OperationId::isolation_stop, op::Msg::stop_isolation},
                                           {OperationId::diagnosis_stop, op::Msg::stop_diagnosis}}) {
    const ipc::Frame asked = passed_on(operation, {});
    ASSERT_EQ(asked.type, ipc::type_number(message));
    EXPECT_EQ(decode<op::Administrator>(asked.body)->name, "first");
    const op::Rejected rejected{ErrorCode::diagnosis_under_way, "the box tries it by itself"};
    const UniqueFd nothing = *sys::seal({}, "nothing");
    EXPECT_EQ(answered(asked, op::Msg::rejected, encode(rejected), {nothing.get()}).error,
              "diagnosis.under_way");
  }
  add(Role::viewer);
  for (const OperationId operation : {OperationId::isolation_stop, OperationId::diagnosis_stop})
    EXPECT_EQ(ask(operation, {}, come(names.at(Role::viewer))).error, "account.forbidden");
}

TEST_F(WebBox, how_far_a_proof_is_and_who_asked_for_it_is_part_of_the_state) {
  const auto said = [&](const op::ProofProgress& proving) {
    op::State state;
    state.proving = proving;
    return answered(passed_on(OperationId::box_status, {}), op::Msg::state, encode(state)).json;
  };
  EXPECT_THAT(said({}), Not(HasSubstr("proving")));
  EXPECT_THAT(said({7, 90, ""}), HasSubstr(R"("proving_begun":7,"proving_all":90,"records")"));
  EXPECT_THAT(said({7, 90, "first"}), HasSubstr(R"("proving_by":"first")"));
}

TEST_F(WebBox, which_image_runs_and_how_far_the_last_one_came_is_what_the_supervisor_says) {  // UPD-01
  const model::UpdateState state{"0.2.0", "b", true,
                                 model::UpdateState::Last{model::UpdateStage::waiting, "b", ""}};
  const Said said = answered(passed_on(OperationId::update_show, {}), op::Msg::update_told, encode(state));
  EXPECT_THAT(
      said.json,
      HasSubstr(
          R"("appliance":true,"on_trial":true,"version":"0.2.0","slot":"b","stage":"waiting","of_slot":"b"})"));
  EXPECT_THAT(
      answered(passed_on(OperationId::update_show, {}), op::Msg::update_told, encode(model::UpdateState()))
          .json,
      HasSubstr(R"("appliance":false,"on_trial":false})"));
}

TEST_F(WebBox, who_has_a_new_image_tried_and_why_is_told_to_whoever_records_it) {  // UPD-01, LOG-01
  const ipc::Frame asked = passed_on(OperationId::update_restart, {text("after hours")});
  ASSERT_EQ(asked.type, ipc::type_number(op::Msg::restart));
  const auto order = decode<op::RestartOrder>(asked.body);
  ASSERT_TRUE(order);
  EXPECT_EQ(order->by.name, "first");
  EXPECT_EQ(order->reason, "after hours");
  const op::Rejected rejected{ErrorCode::update_none_waiting, ""};
  const UniqueFd nothing = *sys::seal({}, "nothing");
  EXPECT_EQ(answered(asked, op::Msg::rejected, encode(rejected), {nothing.get()}).error,
            "update.none_waiting");
}

TEST_F(WebBox, nothing_is_installed_that_was_not_fetched) {  // UPD-01
  EXPECT_EQ(ask(OperationId::update_install, {text("after hours")}, come("first")).error,
            "update.none_fetched");
}

TEST_F(WebBox,
       who_proposed_and_who_agreed_that_it_forgets_everything_is_what_the_supervisor_says) {  // DSP-01
  const model::DisposalState::Proposal proposal{"m-sato", "the lease is over", std::chrono::hours(1),
                                                std::chrono::hours(2)};
  const Said said = answered(passed_on(OperationId::disposal_show, {}), op::Msg::disposal_told,
                             encode(model::DisposalState{true, proposal, "k-ito"}));
  for (const char* part : {R"("possible":true)", R"("proposed_by":"m-sato")",
                           R"("until":"1970-01-01T02:00:00)", R"("agreed_by":"k-ito")"})
    EXPECT_THAT(said.json, HasSubstr(part));
  EXPECT_THAT(answered(passed_on(OperationId::disposal_show, {}), op::Msg::disposal_told,
                       encode(model::DisposalState()))
                  .json,
              HasSubstr(R"({"possible":false})"));
}

TEST_F(WebBox, whether_somebody_has_to_press_its_button_is_told) {  // DSP-01
  using Button = model::DisposalState::Button;
  for (const auto& [button, word] : {std::pair{Button::needed, "needed"}, {Button::pressed, "pressed"}})
    EXPECT_THAT(answered(passed_on(OperationId::disposal_show, {}), op::Msg::disposal_told,
                         encode(model::DisposalState{.is_possible = true, .button = button}))
                    .json,
                HasSubstr(std::string(R"("button":")") + word));
}

TEST_F(WebBox, board_is_what_the_panel_tells_and_its_lights_say_what_is_worst) {
  op::State state{.lights = model::BoxCondition::serving};
  const auto shown = [&] {
    return answered(passed_on(OperationId::board_show, {}), op::Msg::state, encode(state)).json;
  };
  EXPECT_THAT(shown(), HasSubstr(R"({"known":false,"readings":[],)"));
  state.board = {.board = "vendor-model",
                 .readings = {{model::BoardReading::Kind::temperature, "processor", 41, true}},
                 .title = "Vendor Model",
                 .sockets = {{"lan1", "ETH2"}},
                 .differences = {"watchdog, iTCO_wdt: there is none"}};
  for (const char* part :
       {R"("name":"vendor-model")", R"("title":"Vendor Model")", R"("light":"serving")",
        R"({"kind":"temperature","name":"processor","value":41,"well":true})",
        R"({"name":"lan1","label":"ETH2"})", R"("differences":["watchdog, iTCO_wdt: there is none"])"})
    EXPECT_THAT(shown(), HasSubstr(part));
  EXPECT_THAT(shown(), testing::Not(HasSubstr("tried")));
  state.board.readings[0].is_well = false;
  EXPECT_THAT(shown(), HasSubstr(R"("light":"attention")"));
  state.lights = model::BoxCondition::on_trial;
  EXPECT_THAT(shown(), HasSubstr(R"("light":"trial")")) << "nobody shall switch it off now";
}

TEST_F(WebBox, who_wants_it_to_forget_everything_is_told_to_whoever_decides) {  // DSP-01, LOG-01
  using Act = op::DisposalOrder::Act;
  for (const auto& [operation, act] : {std::pair{OperationId::disposal_propose, Act::propose},
                                       {OperationId::disposal_agree, Act::agree},
                                       {OperationId::disposal_withdraw, Act::withdraw}}) {
    const ipc::Frame asked = passed_on(operation, {text("the lease is over")});
    ASSERT_EQ(asked.type, ipc::type_number(op::Msg::dispose));
    const auto order = decode<op::DisposalOrder>(asked.body);
    ASSERT_TRUE(order);
    EXPECT_EQ(order->act, act);
    EXPECT_EQ(order->by.name, "first");
    EXPECT_EQ(order->reason, "the lease is over");
    const op::Rejected rejected{ErrorCode::disposal_same_person, ""};
    const UniqueFd nothing = *sys::seal({}, "nothing");
    EXPECT_EQ(answered(asked, op::Msg::rejected, encode(rejected), {nothing.get()}).error,
              "disposal.same_person");
  }
}

TEST_F(WebBox, a_supervisor_that_says_nothing_is_waited_for_no_longer_than_that) {
  (void)passed_on(OperationId::terminals_list, {});
  clock.advance(ErrandLine::kPatience);
  EXPECT_TRUE(desk.serve(around()));
  EXPECT_EQ(heard().error, "status.unavailable");
  EXPECT_FALSE(desk.waits());
}

TEST_F(WebBox, without_a_way_to_the_supervisor_it_says_so_at_once) {
  errands = ErrandLine();
  EXPECT_EQ(ask(OperationId::box_status, {}, come("first")).error, "status.unavailable");
}

}  // namespace
}  // namespace gw::control
