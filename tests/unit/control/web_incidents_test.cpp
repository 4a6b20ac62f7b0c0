// Incidents as administrators ask for them (INC-01, INC-03, INC-04): the supervisor is played, and says how
// the box is; what is frozen is whole for whoever knows the key, and holds records back until a second person
// lifts that.

#include "audit/chain_text.h"
#include "backup/tar.h"
#include "base/text.h"
#include "evidence/verdict.h"
#include "unit/backup/clinic.h"
#include "unit/control/seen_box.h"

namespace gw::control {
namespace {

using testing::IsEmpty;

struct BoxKey : backup::BackupTest {
  using BackupTest::box_key;
  using BackupTest::signer;
};

class WebIncidents : public SeenBox {
 protected:
  void SetUp() override {
    SeenBox::SetUp();
    add(Role::auditor);
    add(Role::approver);
  }
  static TypedValue number(std::uint64_t value) { return TypedValue::of(value); }
  TypedValue ago(std::chrono::hours hours) {
    const auto at =
        std::chrono::floor<std::chrono::milliseconds>((clock.civil_now() - hours).time_since_epoch());
    return number(static_cast<std::uint64_t>(at.count()));
  }
  Said as(Role role, OperationId operation, TypedValues values) {
    return ask(operation, std::move(values), come(role == Role::clinic_admin ? "first" : names[role]));
  }
  void open(std::vector<std::string> clocks = {"service.24h.occurred", "ppc.first"}) {
    TypedValue runs = TypedValue::of(std::move(clocks));
    const Said said = as(Role::clinic_admin, OperationId::incident_open,
                         {text("a laptop was stolen"), ago(std::chrono::hours(20)),
                          ago(std::chrono::hours(2)), runs, TypedValue(), TypedValue()});
    ASSERT_EQ(said.error, "") << said.detail;
    ASSERT_EQ(said.json, R"({"incident":1})");
  }
  std::string shown() { return as(Role::approver, OperationId::incident_show, {number(1)}).json; }
  void freeze(TypedValue from = {}) {
    const Said said = looked(OperationId::incident_freeze, {number(1), from});
    ASSERT_EQ(said.error, "") << said.detail;
  }
  /// A record of seven years ago in front of all others is what retention would remove.
  std::uint64_t removable() {
    EXPECT_TRUE(store->keep({{store->last(), store->link(), std::chrono::seconds(5)}, {1, 2}, {3, 4}}));
    const auto later = clock.civil_now() + std::chrono::days(365 * 20);
    return *store->removable(model::Spans{}, later, 1'000);
  }
};

TEST_F(WebIncidents, its_clocks_are_shown_with_clause_anchor_and_end) {
  open();
  EXPECT_THAT(shown(), HasSubstr(R"("clock":"service.24h.occurred")"));
  EXPECT_THAT(shown(), HasSubstr(R"("standing":"soon")")) << "twenty hours of twenty-four";
  EXPECT_THAT(shown(), HasSubstr("施行規則第8条第1項"));
  const Said status =
      answered(passed_on(OperationId::box_status, {}), ipc::op::Msg::state, encode(ipc::op::State()));
  EXPECT_THAT(status.json, HasSubstr("\"incident.soon:1\""));
}

TEST_F(WebIncidents, a_corrected_time_moves_the_clocks) {
  open();
  const auto said =
      as(Role::clinic_admin, OperationId::incident_state,
         {number(1), text("occurred"), ago(std::chrono::hours(5)), TypedValue(), text("the camera")});
  ASSERT_EQ(said.error, "") << said.detail;
  EXPECT_THAT(shown(), Not(HasSubstr(R"("standing":"soon")")));
  EXPECT_THAT(shown(), HasSubstr("the camera"));
}

TEST_F(WebIncidents, what_is_frozen_is_signed_and_has_the_records_of_its_span) {
  open();
  freeze();
  EXPECT_EQ(as(Role::auditor, OperationId::incident_take, {number(1), number(1), text("police")}).error,
            "evidence.unsigned");
  evidence->use(BoxKey::box_key());
  const Said taken = as(Role::auditor, OperationId::incident_take, {number(1), number(1), text("police")});
  ASSERT_EQ(taken.error, "") << taken.detail;
  const auto members = backup::read_tar(as_bytes(taken.file));
  ASSERT_TRUE(members);
  std::vector<evidence::File> files;
  std::map<std::string, std::string> by_name;
  for (const backup::Member& one : *members) {
    files.push_back({one.name, std::string(as_text(one.content))});
    by_name[one.name] = files.back().content;
  }
  EXPECT_TRUE(evidence::verify(files, BoxKey::signer()).is_whole());
  for (const char* name : {"custody.txt", "incident.txt", "isolation.json", "certificates.csv",
                           "evidence.json", "notice-ppc.first.html", "notice-ministry.txt"})
    EXPECT_TRUE(by_name.contains(name)) << name;
  const std::string& chain = by_name["records.jsonl"];
  EXPECT_TRUE(audit::read_head(chain.substr(0, chain.find('\n'))));
  EXPECT_THAT(chain, HasSubstr("incident.opened"));
  EXPECT_THAT(by_name["custody.txt"], HasSubstr("凍結した人: first"));
  EXPECT_THAT(shown(), HasSubstr(R"("kind":"taken")"));
  EXPECT_THAT(shown(), HasSubstr(R"("words":"police")"));
}

TEST_F(WebIncidents, records_go_with_its_own_right_and_not_with_that_of_evidence) {
  open();
  freeze();
  evidence->use(BoxKey::box_key());
  EXPECT_EQ(as(Role::auditor, OperationId::evidence_take, {number(1), {}}).error, "evidence.of_incident");
  EXPECT_EQ(as(Role::clinic_admin, OperationId::incident_take, {number(1), number(1), text("me")}).error,
            "account.forbidden");
  EXPECT_EQ(as(Role::auditor, OperationId::incident_take, {number(2), number(1), text("x")}).error,
            "incident.unknown");
}

TEST_F(WebIncidents, no_record_from_the_first_on_is_removed_until_a_second_person_lifts_that) {
  open();
  EXPECT_GT(removable(), 0u);
  freeze();
  EXPECT_EQ(removable(), 0u);
  EXPECT_FALSE(store->remove(1, clock.civil_now(), "too old")) << "the database refuses it as well";
  EXPECT_EQ(as(Role::clinic_admin, OperationId::incident_lift, {number(1), number(1), text("x")}).error,
            "account.forbidden");
  EXPECT_EQ(as(Role::approver, OperationId::incident_lift, {number(1), number(1), text("settled")}).error,
            "");
  EXPECT_GT(removable(), 0u);
  EXPECT_TRUE(store->remove(1, clock.civil_now(), "too old"));
}

TEST_F(WebIncidents, held_evidence_outlives_what_is_made_later) {
  open();
  freeze();
  for (std::size_t i = 0; i <= EvidenceShelf::kMost; ++i)
    ASSERT_EQ(looked(OperationId::evidence_make, TypedValues(2)).error, "");
  EXPECT_EQ(as(Role::approver, OperationId::evidence_show, {number(1)}).error, "");
  EXPECT_EQ(as(Role::approver, OperationId::evidence_show, {number(2)}).error, "evidence.unknown");
  EXPECT_EQ(as(Role::approver, OperationId::incident_lift, {number(1), number(1), text("settled")}).error,
            "");
  ASSERT_EQ(looked(OperationId::evidence_make, TypedValues(2)).error, "");
  EXPECT_EQ(as(Role::approver, OperationId::evidence_show, {number(1)}).error, "evidence.unknown");
}

TEST_F(WebIncidents, a_span_without_records_is_not_frozen) {
  open();
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(looked(OperationId::incident_freeze, {number(1), ago(std::chrono::hours(-1))}).error,
            "incident.unsuitable");
}

TEST_F(WebIncidents, a_draft_has_what_the_box_knows_and_blanks) {
  open();
  const Said draft = as(Role::clinic_admin, OperationId::incident_draft, {number(1), text("ppc.first")});
  ASSERT_EQ(draft.error, "");
  EXPECT_THAT(draft.json, HasSubstr("a laptop was stolen"));
  EXPECT_THAT(draft.json, HasSubstr("記入待ち"));
  EXPECT_EQ(as(Role::clinic_admin, OperationId::incident_draft, {number(1), text("nobody")}).error,
            "incident.unsuitable");
}

TEST_F(WebIncidents, its_clocks_follow_from_its_services_and_its_kind) {
  open({});
  const auto texts = [](std::vector<std::string> all) { return TypedValue::of(std::move(all)); };
  Said said = as(Role::clinic_admin, OperationId::incident_concern,
                 {number(1), texts({"medical-note", "yadoc"}), texts({"leak"})});
  ASSERT_EQ(said.error, "") << said.detail;
  const std::string report = shown();
  for (const char* one :
       {"service.72h.occurred@medical-note", "service.unknown@yadoc", "ppc.first", "ppc.final"})
    EXPECT_THAT(report, HasSubstr(R"("clock":")" + std::string(one) + "\""));
  EXPECT_THAT(report, HasSubstr("サービスの開示書 medical-note 1.1版 §13: 通知まで 72 h(目標)、起点 発生"));
  EXPECT_THAT(report, HasSubstr("サービス事業者に確認する"));
  said = as(Role::clinic_admin, OperationId::incident_run,
            {number(1), text("service.unknown@yadoc"), TypedValue::of(false), text("answered")});
  ASSERT_EQ(said.error, "") << said.detail;
  EXPECT_THAT(shown(), Not(HasSubstr(R"("clock":"service.unknown@yadoc")")));
  EXPECT_THAT(
      as(Role::clinic_admin, OperationId::incident_concern, {number(1), texts({"nobody"}), {}}).detail,
      HasSubstr("nobody is in no configuration"));
}

TEST_F(WebIncidents, who_is_told_stands_in_the_register_and_waits_until_it_was_tried) {
  const auto state = [&](const char* whom) {
    return as(Role::clinic_admin, OperationId::contact_state,
              {text(whom), text("cybercrime desk"), text("110"), text("the station"), TypedValue()});
  };
  ASSERT_EQ(state("police").error, "");
  EXPECT_EQ(state("service@nobody").error, "contact.unsuitable");
  EXPECT_THAT(state("patients").detail, HasSubstr("clinic, service@NAME"));
  const auto waits = [&] {
    return answered(passed_on(OperationId::box_status, {}), ipc::op::Msg::state, encode(ipc::op::State()))
        .json;
  };
  EXPECT_THAT(waits(), HasSubstr("\"contact.overdue:1\""));
  ASSERT_EQ(as(Role::clinic_admin, OperationId::contact_tried,
               {text("police"), TypedValue::of(true), text("both answered"), TypedValue()})
                .error,
            "");
  EXPECT_THAT(waits(), Not(HasSubstr("contact.overdue")));
  const std::string list = as(Role::auditor, OperationId::contact_list, {}).json;
  EXPECT_THAT(list, HasSubstr(R"("contact":"police")"));
  EXPECT_THAT(list, HasSubstr(R"("is_overdue":false)"));
  const std::string sheet = as(Role::approver, OperationId::contact_sheet, {}).json;
  EXPECT_THAT(sheet, HasSubstr("連絡体制図"));
  EXPECT_THAT(sheet, HasSubstr("sekisho cut everything"));
  for (const std::string& record : told()) EXPECT_THAT(record, Not(HasSubstr("110")));
}

TEST_F(WebIncidents, what_is_unsuitable_says_what) {
  EXPECT_THAT(as(Role::clinic_admin, OperationId::incident_open,
                 {text("x"), TypedValue(), TypedValue(), TypedValue::of(std::vector<std::string>{"never"}),
                  TypedValue(), TypedValue()})
                  .detail,
              HasSubstr("never"));
  EXPECT_EQ(as(Role::clinic_admin, OperationId::incident_show, {number(1)}).error, "incident.unknown");
}

}  // namespace
}  // namespace gw::control
