#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

/// Beside a supervisor that does what it is told.
class WebChanges : public WebDeskTest {
 protected:
  void SetUp() override {
    settle();
    for (const Role role : {Role::approver, Role::viewer}) add(role);
    EXPECT_TRUE(office->changes().hear(changes::Standing{{}, {}, {}, {'a'}}));
    carry_out({.order = changes::Order::keep, .change = changes::ChangeNumber(1)});
  }
  void carry_out(const changes::Carried& carried) { EXPECT_TRUE(office->changes().hear(carried)); }
  Said ask_as(Role role, OperationId operation, TypedValues values) {
    return ask(operation, std::move(values), come(role == Role::clinic_admin ? "first" : names.at(role)));
  }
  static TypedValue number(std::uint64_t value) { return TypedValue::of(value); }
};

TEST_F(WebChanges, a_change_that_lets_more_through_takes_two_people_and_its_token) {  // ADM-12
  using changes::ChangeNumber;
  using changes::Order;
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::changes_copy, {number(1), text("once more")}).json,
            "{\"change\":2}");
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::changes_check, {number(2)}).error, "");
  carry_out({.order = Order::look,
             .change = ChangeNumber(2),
             .words = "+ rule r is new\n",
             .widens = true,
             .is_guarded = true});
  EXPECT_EQ(ask_as(Role::clinic_admin, OperationId::changes_apply, {number(2), {}}).error,
            "change.unapproved");
  EXPECT_EQ(ask_as(Role::clinic_admin, OperationId::changes_approve, {number(2)}).error, "account.forbidden");
  ASSERT_EQ(ask_as(Role::approver, OperationId::changes_approve, {number(2)}).error, "");
  const Said applied = ask_as(Role::clinic_admin, OperationId::changes_apply, {number(2), number(60)});
  ASSERT_EQ(applied.error, "");
  carry_out({.order = Order::put, .change = ChangeNumber(2), .generation = 4});
  const Said shown = ask_as(Role::viewer, OperationId::changes_show, {number(2)});
  EXPECT_THAT(shown.json, HasSubstr("\"state\":\"applied\""));
  EXPECT_THAT(shown.json, HasSubstr("\"changes\":[\"+ rule r is new\"]"));
  EXPECT_THAT(shown.json, Not(HasSubstr(member(applied.json, "token"))));
  EXPECT_EQ(ask_as(Role::clinic_admin, OperationId::change_confirm, {text("another-word")}).error,
            "change.token_refused");
  ASSERT_EQ(
      ask_as(Role::clinic_admin, OperationId::change_confirm, {text(member(applied.json, "token"))}).error,
      "");
  carry_out({.order = Order::keep, .change = ChangeNumber(2)});
  EXPECT_THAT(ask_as(Role::viewer, OperationId::changes_list, {{}}).json, HasSubstr("\"confirmed\":2,"));
  EXPECT_THAT(told(), Contains("change.confirmed"));
}

TEST_F(WebChanges, the_record_of_a_change_holds_the_digest_of_what_it_was_made_from) {
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::changes_copy, {number(1), text("once more")}).error, "");
  TypedValues query(10);
  query[5] = text("change.staged");
  EXPECT_THAT(ask_as(Role::approver, OperationId::records_find, query).json,
              testing::ContainsRegex("\"before\":\"[0-9a-f]{64}\""));
}

TEST_F(WebChanges, whoever_may_be_the_second_person_is_told_what_waits_for_one) {  // ADM-12
  const auto waits_for = [&](const std::string& who) {
    const ipc::Frame asked = passed_on(OperationId::box_status, {}, who);
    return answered(asked, ipc::op::Msg::state, encode(ipc::op::State())).json;
  };
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::changes_copy, {number(1), text("once more")}).error, "");
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::changes_check, {number(2)}).error, "");
  EXPECT_THAT(waits_for(names.at(Role::approver)), Not(HasSubstr("change.unapproved")))
      << "nothing is known of it yet";
  carry_out({.order = changes::Order::look,
             .change = changes::ChangeNumber(2),
             .widens = true,
             .is_guarded = true});
  EXPECT_THAT(waits_for(names.at(Role::approver)), HasSubstr("\"change.unapproved:2\""));
  EXPECT_THAT(waits_for("first"), Not(HasSubstr("change.unapproved")));
  ASSERT_EQ(ask_as(Role::approver, OperationId::changes_approve, {number(2)}).error, "");
  EXPECT_THAT(waits_for(names.at(Role::approver)), Not(HasSubstr("change.unapproved")));
}

TEST_F(WebChanges, what_waits_is_undone_with_a_reason_and_the_reason_is_kept) {
  using changes::ChangeNumber;
  using changes::Order;
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::changes_copy, {number(1), text("once more")}).error, "");
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::changes_check, {number(2)}).error, "");
  carry_out({.order = Order::look, .change = ChangeNumber(2)});
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::changes_apply, {number(2), {}}).error, "");
  EXPECT_EQ(ask_as(Role::clinic_admin, OperationId::change_roll_back, {text("too early")}).error,
            "change.out_of_order");
  carry_out({.order = Order::put, .change = ChangeNumber(2), .generation = 4});
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::change_extend, {number(90)}).error, "");
  ASSERT_EQ(ask_as(Role::clinic_admin, OperationId::change_roll_back, {text("it is slow")}).error, "");
  carry_out({.order = Order::back, .change = ChangeNumber(2), .generation = 5});
  const Said shown = ask_as(Role::viewer, OperationId::changes_show, {number(2)});
  EXPECT_THAT(shown.json, HasSubstr("\"state\":\"rolled_back\""));
  EXPECT_THAT(shown.json, HasSubstr("\"outcome\":\"it is slow\""));
  EXPECT_EQ(ask_as(Role::clinic_admin, OperationId::changes_withdraw, {number(2), text("no")}).error,
            "change.out_of_order");
}

/// Values that an operation's contract allows, about nobody there is.
TypedValues some_values(OperationId operation, Role asker) {
  TypedValues out;
  for (const api::Parameter& parameter : api::parameters_of(operation)) {
    // Approvers are made by approvers, and they make nobody else.
    const std::string_view role = asker == Role::approver ? "approver" : "viewer";
    if (parameter.need == api::Need::optional)
      out.emplace_back();
    else if (parameter.type == api::Type::number)
      out.push_back(TypedValue::of(std::min<std::uint64_t>(900, parameter.high)));
    else if (parameter.type == api::Type::flag)
      out.push_back(TypedValue::of(true));
    else if (parameter.type == api::Type::time)
      out.push_back(TypedValue::of(std::uint64_t{900'000}));
    else if (parameter.type == api::Type::texts)
      out.push_back(TypedValue::of(std::vector<std::string>{"status.read"}));
    else if (parameter.type == api::Type::digest)
      out.push_back(TypedValue::of(std::string(64, 'a')));
    else if (parameter.type == api::Type::role)
      out.push_back(TypedValue::of(std::string(role)));
    else
      out.push_back(TypedValue::of(std::string("nobody-there").substr(0, parameter.high)));
  }
  return out;
}

/// One row of the contract in a clinic of its own.
class EveryOperation : public WebDeskTest, public testing::WithParamInterface<std::size_t> {};

TEST_P(EveryOperation, is_open_to_the_roles_it_names_and_to_nobody_else) {
  const api::Operation& row = api::operations()[GetParam()];
  settle();
  for (const Role role : kRoles) add(role);
  (void)told();
  for (const Role role : kRoles) {
    const Session session = come(names.at(role), static_cast<std::uint8_t>(20 + static_cast<int>(role)));
    (void)told();
    const Said said = ask(row.id, some_values(row.id, role), session);
    const bool is_let = row.access.lets(role);
    EXPECT_EQ(said.error != "account.forbidden", is_let) << to_string(role) << " " << said.error;
    if (!is_let) {
      EXPECT_THAT(told(), Contains("account.forbidden")) << to_string(role);
    }
  }
}

TEST_P(EveryOperation, needs_a_session_unless_it_is_a_way_in) {
  const api::Operation& row = api::operations()[GetParam()];
  settle();
  const Said said = ask(row.id, some_values(row.id, Role::viewer));
  EXPECT_EQ(said.error == "account.session_ended", row.access.kind != api::Access::Kind::anyone)
      << said.error;
}

TEST_P(EveryOperation, that_changes_something_needs_the_sessions_own_token_of_the_page) {
  const api::Operation& row = api::operations()[GetParam()];
  settle();
  Session session = come("first");
  const Session other = come("first");
  for (const std::string& csrf : {std::string(), std::string(64, 'a'), other.csrf}) {
    session.csrf = csrf;
    const Said said = ask(row.id, some_values(row.id, Role::clinic_admin), session);
    const bool needs_it = row.access.kind != api::Access::Kind::anyone && row.method != api::Method::GET;
    EXPECT_EQ(said.error == "web.csrf_token_wrong", needs_it) << said.error;
  }
}

TEST_P(EveryOperation, refuses_values_that_its_contract_does_not_allow_whatever_webd_says) {
  const api::Operation& row = api::operations()[GetParam()];
  TypedValues values = some_values(row.id, Role::viewer);
  values.emplace_back();
  EXPECT_EQ(ask(row.id, values).error, "web.value") << "one too many";
  for (std::size_t i = 0; i < api::parameters_of(row.id).size(); ++i) {
    values = some_values(row.id, Role::viewer);
    const bool is_flag = api::parameters_of(row.id)[i].type == api::Type::flag;
    values[i] = is_flag ? text("on") : TypedValue::of(true);
    const Said said = ask(row.id, values);
    EXPECT_EQ(said.error, "web.value");
    EXPECT_EQ(said.pointer, pointer_to(api::parameters_of(row.id)[i]));
  }
}

INSTANTIATE_TEST_SUITE_P(Contract, EveryOperation, testing::Range<std::size_t>(0, api::kOperations),
                         [](const auto& row) {
                           std::string name(api::operations()[row.param].name);
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST_F(WebDeskTest, an_operation_that_there_is_not_is_refused) {
  msg::Ask asked;
  asked.operation = 60'000;
  EXPECT_EQ(put(asked).error, "web.not_found");
}

TEST_F(WebDeskTest, a_page_that_asks_by_itself_reads_and_keeps_nobody_signed_in) {
  settle();
  const Session session = come("first");
  msg::Ask watching;
  watching.token = session.token;
  watching.csrf = session.csrf;
  watching.source = session.source;
  watching.is_watching = true;
  const auto put_as = [&](OperationId operation) {
    watching.operation = static_cast<std::uint16_t>(operation);
    return put(watching).error;
  };
  EXPECT_EQ(put_as(OperationId::session_close), "web.not_live") << "it changes something";
  for (int i = 0; i < 9; ++i) {
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(put_as(OperationId::session_show), "");
  }
  clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(put_as(OperationId::session_show), "account.session_ended");
}

TEST_F(WebDeskTest, a_session_begins_is_shown_and_ends) {
  settle();
  const Session session = come("first");
  const Said shown = ask(OperationId::session_show, {}, session);
  EXPECT_EQ(member(shown.json, "account"), "first");
  EXPECT_EQ(member(shown.json, "csrf"), session.csrf) << "a page that is loaded anew has it from here";
  const Said closed = ask(OperationId::session_close, {}, session);
  EXPECT_EQ(closed.error, "");
  EXPECT_EQ(closed.what, msg::Token::taken);
  EXPECT_EQ(ask(OperationId::session_show, {}, session).error, "account.session_ended");
}

TEST_F(WebDeskTest, a_token_from_another_place_ends_the_session_for_both) {
  settle();
  Session session = come("first");
  const model::IpAddress home = session.source;
  session.source = address(99);
  EXPECT_EQ(ask(OperationId::session_show, {}, session).error, "account.session_ended");
  session.source = home;
  EXPECT_EQ(ask(OperationId::session_show, {}, session).error, "account.session_ended");
}

TEST_F(WebDeskTest, the_box_is_claimed_at_its_own_port_alone) {
  const TypedValues claim{text(kLabel), text("first"), text("院長")};
  EXPECT_EQ(ask(OperationId::box_claim, claim).error, "account.refused");
  EXPECT_EQ(ask(OperationId::box_claim, claim, {}, true).error, "");
}

TEST_F(WebDeskTest, what_an_act_tells_is_recorded_also_when_it_failed) {
  settle();
  (void)told();
  EXPECT_EQ(ask(OperationId::session_open, {text("first"), text("wrong"), text("1")}).error,
            "account.refused");
  EXPECT_THAT(told(), Contains("account.refused"));
  const Session session = come("first");
  EXPECT_THAT(told(), Contains("account.signed_in"));
  EXPECT_EQ(ask(OperationId::accounts_disable, {text("first")}, session).error, "account.not_by_itself");
  EXPECT_THAT(told(), Contains("account.forbidden"));
}

/// Each member that the contract promises, and none beside them.
TEST_F(WebDeskTest, answers_have_the_members_of_their_schemas) {
  settle();
  const Session session = come("first");
  for (const auto& [operation, values] : std::vector<std::pair<OperationId, TypedValues>>{
           {OperationId::session_show, {}},
           {OperationId::accounts_list, {}},
           {OperationId::sessions_list, {}},
           {OperationId::permissions_show, {}},
           {OperationId::records_find, TypedValues(10)},
           {OperationId::accounts_create, {text("x"), text("y"), text("viewer"), {}}},
           {OperationId::account_codes, {text(kPassword)}},
           {OperationId::account_totp, {text(kPassword)}}}) {
    const api::Operation& row = api::operation(operation);
    const Said said = ask(operation, values, session);
    ASSERT_EQ(said.error, "") << row.name;
    const auto members = web::read_object(said.json.substr(0, web::kMostJson));
    std::set<std::string> found, needed, known;
    if (members)
      for (const web::JsonMember& one : *members) found.insert(one.name);
    for (const api::Member& one : api::members_of(row.answer)) {
      known.emplace(one.name);
      if (one.need == api::MemberNeed::always) needed.emplace(one.name);
    }
    EXPECT_TRUE(std::ranges::includes(found, needed)) << row.name << " " << said.json;
    EXPECT_TRUE(std::ranges::includes(known, found)) << row.name << " " << said.json;
  }
}

TEST_F(WebDeskTest, records_come_page_by_page_and_as_they_were_written) {
  settle();
  const Session session = come("first");
  std::vector<audit::Record> many;
  for (int i = 0; i < 5; ++i)
    many.push_back({clock.civil_now(), model::ClockState::right, "proxyd", "karte",
                    Event(EventId::session_closed).add(Field::terminal, "desk-" + std::to_string(i))});
  const std::uint64_t fourth = store->last() + 4;
  ASSERT_TRUE(store->append("run", 1, many));
  TypedValues query(10);
  query[5] = text("session.closed");
  query[9] = TypedValue::of(std::uint64_t{2});
  const Said first = ask(OperationId::records_find, query, session);
  EXPECT_THAT(first.json, HasSubstr("desk-4"));
  EXPECT_THAT(first.json, HasSubstr("\"before\":" + std::to_string(fourth)));
  query[8] = TypedValue::of(fourth);
  const Said second = ask(OperationId::records_find, query, session);
  EXPECT_THAT(second.json, HasSubstr("desk-2"));
  EXPECT_THAT(second.json, Not(HasSubstr("desk-4")));
}

TEST_F(WebDeskTest, records_are_taken_along_as_a_table_and_that_is_recorded) {  // LOG-06, LOG-07
  settle();
  add(Role::auditor);
  const Session session = come("audito");
  std::vector<audit::Record> many;
  for (int i = 0; i < 1'500; ++i)
    many.push_back({clock.civil_now(), model::ClockState::right, "proxyd", "karte",
                    Event(EventId::session_closed).add(Field::terminal, "desk-" + std::to_string(i))});
  const std::uint64_t first = store->last() + 1;
  ASSERT_TRUE(store->append("run", 1, many));
  told();
  TypedValues query(9);
  query[5] = text("session.closed");
  const Said taken = ask(OperationId::records_export, query, session);
  ASSERT_EQ(taken.error, "");
  EXPECT_EQ(taken.name,
            "records-" + std::to_string(first) + "-" + std::to_string(first + many.size() - 1) + ".csv");
  EXPECT_EQ(std::ranges::count(taken.file, '\n'), 1'501) << "more than one portion, and the head";
  EXPECT_LT(taken.file.find("desk-0,"), taken.file.find("desk-1499,")) << "the oldest first";
  EXPECT_THAT(told(), Contains("records.exported"));
  query[8] = text("json");
  const Said lines = ask(OperationId::records_export, query, session);
  EXPECT_TRUE(lines.name.ends_with(".json")) << lines.name;
  EXPECT_EQ(std::ranges::count(lines.file, '\n'), 1'500);
  EXPECT_TRUE(lines.file.starts_with("{\"")) << "as they were signed";
  query[8] = text("xml");
  EXPECT_EQ(ask(OperationId::records_export, query, session).error, "text.malformed");
}

TEST_F(WebDeskTest, a_message_that_is_none_ends_the_desk) {
  ASSERT_TRUE(webd.send(1, 7, as_bytes(std::string_view("x"))));
  EXPECT_FALSE(desk.serve(around()));
}

}  // namespace
}  // namespace gw::control
