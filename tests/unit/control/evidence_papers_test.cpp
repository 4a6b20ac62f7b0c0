// What vendors' papers say in evidence, and the sheets that people fill in (GOV-02, NET-06, NET-07, LOG-02).

#include "base/jst.h"
#include "control/findings/observed.h"
#include "evidence/files.h"
#include "model/proof_text.h"
#include "unit/control/stated_box.h"

namespace gw::control {
namespace {

class EvidencePapers : public StatedBox {
 public:
  void SetUp() override {
    StatedBox::SetUp();
    set_rules({.rows = {named("yadoc", model::Mode::wrap), named("raw", model::Mode::pass_through),
                        named("medicalcare-station-files", model::Mode::wrap)},
               .exceptions = {{.tenant = "karte",
                               .service = "raw",
                               .what = model::RuleRoll::Exception::What::passed_through,
                               .until = std::chrono::days(22'000),
                               .reason = "old device",
                               .approver = "院長"}}});
  }
  static model::RuleRoll::Row named(const std::string& service, model::Mode mode) {
    auto out = rule(service);
    out.server_name = service + ".cloud.example";
    out.port = 443;
    out.mode = mode;
    return out;
  }
  std::map<std::string, std::string> files() {
    const std::uint64_t number = made();
    sign();
    const auto members = backup::read_tar(as_bytes(asked(OperationId::evidence_take, number).file));
    std::map<std::string, std::string> out;
    for (const backup::Member& one : *members) out[one.name] = std::string(as_text(one.content));
    return out;
  }
};

TEST_F(EvidencePapers, what_a_paper_says_stands_with_its_place_and_what_it_does_not_with_who_was_asked) {
  const auto all = findings();
  EXPECT_THAT(all.at("services.papers"), HasSubstr("karte/raw")) << "a service without a paper is named";
  EXPECT_THAT(all.at("services.papers"), HasSubstr(R"("state":"attention")"))
      << "one judged by an old edition";
  const std::string lines = all.at("services.demarcation");
  EXPECT_THAT(lines, HasSubstr("資料なし、一般的な割当て"));
  EXPECT_THAT(lines, HasSubstr("未確認(装置の提供者、未質問)"));
  EXPECT_THAT(lines, HasSubstr(R"("state":"unknown")"));
  EXPECT_THAT(all.at("incidents.clocks"), HasSubstr("\"検知\""));
  EXPECT_THAT(all.at("incidents.clocks"), HasSubstr("medicalcare-station-files"));
}

TEST_F(EvidencePapers, a_box_without_profiles_says_so) {
  evidence.emplace(*store, *chronicle, clock, packs(), ProfilesFound());
  for (const char* fact : {"services.papers", "incidents.clocks", "incidents.contacts"})
    EXPECT_THAT(findings().at(fact), HasSubstr(R"("state":"unknown")")) << fact;
}

TEST_F(EvidencePapers, paper_and_observation_that_differ_are_to_be_looked_at) {  // NET-06
  ProfilesFound stated = profiles();
  for (ProfileFound& one : stated.known)
    if (one.profile.name == "yadoc")
      one.profile.statements[static_cast<std::size_t>(papers::FactId::transport_versions)] = {
          {.value = "TLS1.2", .where = "§9"}};
  evidence.emplace(*store, *chronicle, clock, packs(), stated);
  model::EndpointGrade grade{.tenant = "karte", .service = "yadoc", .at = std::chrono::days(20'000)};
  grade.of(model::Probe::tls12) = {model::Probed::Answer::agreed, "TLSv1.2 X"};
  diagnosis.trials.endpoints = {grade};
  EXPECT_THAT(findings().at("tls.endpoints"), Not(HasSubstr("違います")));
  diagnosis.trials.endpoints[0].of(model::Probe::tls13) = {model::Probed::Answer::agreed, "TLSv1.3 X"};
  const std::string said = findings().at("tls.endpoints");
  EXPECT_THAT(said, HasSubstr("karte/yadoc の「通信の保護: TLSの版」は、資料の記載(TLS1.2)と観測"));
  EXPECT_THAT(said, HasSubstr(R"("state":"attention")"));
}

TEST_F(EvidencePapers, each_mode_has_its_consent_with_its_exception_and_room_to_sign) {  // NET-07
  const auto all = files();
  const std::string wrapped = all.at("form-consent-1.html"), passed = all.at("form-consent-2.html");
  EXPECT_THAT(wrapped, HasSubstr("karte/yadoc"));
  EXPECT_THAT(wrapped, Not(HasSubstr("old device")));
  EXPECT_THAT(passed, HasSubstr("old device"));
  EXPECT_THAT(passed, HasSubstr("院長"));
  for (const std::string& page : {wrapped, passed}) EXPECT_THAT(page, HasSubstr("class=\"blank\""));
}

TEST_F(EvidencePapers, a_vendor_is_asked_what_is_open_and_nothing_else) {
  const auto all = files();
  const std::string asked = all.at("form-questions-yadoc.html");
  EXPECT_THAT(asked, HasSubstr("端末が接続するホスト名(FQDN)をすべてお示しください。"));
  EXPECT_THAT(asked, Not(HasSubstr("契約上のサービス名をお示しください。")));
  EXPECT_EQ(all.count("form-questions-welby-mycarte.html"), 0u) << "no service of it is in the configuration";
}

/// As it is read: without the places where a long word may be broken.
std::string unbroken(std::string page) {
  const std::string break_here = "<wbr>";
  for (std::size_t at; (at = page.find(break_here)) != std::string::npos;) page.erase(at, break_here.size());
  return page;
}

TEST_F(EvidencePapers, each_vendors_notice_is_a_day_where_its_paper_has_a_span) {  // UPD-04
  const std::string notices = unbroken(files().at("form-notices.html"));
  const auto in_two_weeks = std::chrono::floor<std::chrono::seconds>(
      (clock.civil_now() + std::chrono::days(14)).time_since_epoch());
  EXPECT_THAT(notices, HasSubstr("14 日"));
  EXPECT_THAT(notices, HasSubstr(to_day_text(jst_day_of(in_two_weeks))));
  EXPECT_THAT(notices, HasSubstr("登録したメール")) << "the channels of one that prints no span";
  EXPECT_THAT(notices, HasSubstr("資料がありません"));
  EXPECT_THAT(notices, HasSubstr("予告の記録"));
}

TEST_F(EvidencePapers, each_exception_and_each_open_question_is_a_risk_to_be_judged) {  // GOV-06
  const std::string risks = unbroken(files().at("form-risks.html"));
  for (const char* said :
       {"[NET-07]", "old device", "院長", "karte/yadoc", "[UPD-04]", "未質問", "リスクの合意"})
    EXPECT_THAT(risks, HasSubstr(said)) << said;
  set_rules({.rows = {}});
  EXPECT_THAT(files().at("form-risks.html"), HasSubstr("期限付きの例外も"));
}

TEST_F(EvidencePapers, a_plan_to_go_on_working_finds_all_services_in_one_table_with_the_unit) {  // BAK-06
  const std::string plan = unbroken(files().at("form-continuity.html"));
  for (const char* said : {"karte/yadoc", "karte/medicalcare-station-files", "8 世代", "karte/raw"})
    EXPECT_THAT(plan, HasSubstr(said));
  EXPECT_THAT(plan, HasSubstr("資料がありません")) << "a service without a paper is left out";
  EXPECT_THAT(plan, HasSubstr("未確認")) << "what nobody answered looks answered";
  EXPECT_THAT(plan, HasSubstr("復旧の順序"));
}

TEST_F(EvidencePapers, the_months_numbers_are_of_its_records) {  // LOG-02
  chronicle->write(Event(EventId::cut_made));
  chronicle->write(Event(EventId::cut_made));
  chronicle->write(Event(EventId::session_opened));
  std::string report;
  for (const auto& [name, content] : files())
    if (name.starts_with("form-boundary-")) report = content;
  EXPECT_THAT(report, HasSubstr("遮断</td><td class=\"one\">2</td>"));
  EXPECT_THAT(report, HasSubstr("通信セッション:1"));
}

TEST_F(EvidencePapers, the_proof_is_handed_on_as_it_was_signed_and_none_that_was_not) {  // ISO-09
  EXPECT_EQ(files().count("proof.json"), 0u);
  diagnosis.state.proof.ended = proof.ended;
  diagnosis.state.proof.signature.assign(64, 7);
  certificate_state.evidence_key = "-----BEGIN PUBLIC KEY-----";
  const auto all = files();
  EXPECT_EQ(all.at("proof.json"), model::to_json(proof));
  EXPECT_EQ(all.at("proof.sig"), std::string(64, 7));
  EXPECT_THAT(all.at("proof.pem"), HasSubstr("PUBLIC KEY"));
  diagnosis.state.proof.ended += std::chrono::milliseconds(1);
  EXPECT_EQ(files().count("proof.json"), 0u) << "a signature over another one";
}

TEST_F(EvidencePapers, no_cell_that_people_read_is_an_id) {
  for (const auto state :
       {"invited", "active", "disabled", "daily", "by_hand", "running", "due", "overdue", "done", "known",
        "blocked", "cut_off", "lan", "wan", "mgmt", "terminate", "scan.ports"})
    EXPECT_NE(findings::shown(state), state);
  for (int i = 0; i <= static_cast<int>(model::ChangeState::withdrawn); ++i)
    EXPECT_NE(findings::shown(to_string(static_cast<model::ChangeState>(i))),
              to_string(static_cast<model::ChangeState>(i)));
  for (int i = 0; i <= static_cast<int>(maintenance::State::reported); ++i)
    EXPECT_NE(findings::shown(to_string(static_cast<maintenance::State>(i))),
              to_string(static_cast<maintenance::State>(i)));
}

}  // namespace
}  // namespace gw::control
