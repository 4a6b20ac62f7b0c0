// Evidence as administrators ask for it (GOV-01, GOV-03): the supervisor is played, and says how the
// box is; what is stated follows from that and from nothing else.

#include "backup/tar.h"
#include "base/text.h"
#include "control/findings/observed.h"
#include "evidence/verdict.h"
#include "unit/control/stated_box.h"

namespace gw::control {
namespace {

using evidence::Words;
using model::ProofCase;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

using WebEvidence = StatedBox;

TEST_F(WebEvidence, each_fact_is_stated_once_and_each_paper_names_its_edition_and_digest) {
  const std::string text = document(made());
  EXPECT_EQ(findings_in(text).size(), packs::facts().size());
  EXPECT_THAT(text, HasSubstr(R"("format":"sekisho.evidence/1")"));
  for (const evidence::Judged& one : evidence->packs().judged) {
    EXPECT_THAT(text, HasSubstr(R"({"pack":")" + one.pack.id + R"(")"));
    EXPECT_THAT(text, HasSubstr(to_hex(one.digest)));
  }
  EXPECT_GE(evidence->packs().judged.size(), 6u);
  EXPECT_THAT(evidence->packs().refused, IsEmpty());
}

TEST_F(WebEvidence, one_is_numbered_recorded_and_signed_once) {
  EXPECT_EQ(made(), 1u);
  const auto record = recorded(EventId::evidence_made);
  ASSERT_TRUE(record);
  EXPECT_TRUE(evidence->wants_key());
  EXPECT_EQ(asked(OperationId::evidence_take, 1).error, "evidence.unsigned");
  sign();
  EXPECT_FALSE(evidence->wants_key());
  EXPECT_EQ(made(), 2u);
  const auto list = ask(OperationId::evidence_list, {}, come("first")).json;
  EXPECT_LT(list.find(R"("evidence":2)"), list.find(R"("evidence":1)"));
  EXPECT_THAT(list, HasSubstr(R"("signed":false)"));
  EXPECT_THAT(list, HasSubstr(R"("signer":")" + to_hex(BoxKey::signer()) + R"(")"));
  EXPECT_EQ(asked(OperationId::evidence_show, 3).error, "evidence.unknown");
}

TEST_F(WebEvidence, what_is_taken_along_is_whole_for_whoever_knows_the_key) {
  made();
  sign();
  const Said taken = asked(OperationId::evidence_take, 1);
  EXPECT_THAT(taken.name, HasSubstr("sekisho-evidence-00000001-"));
  const auto members = backup::read_tar(as_bytes(taken.file));
  ASSERT_TRUE(members);
  std::vector<evidence::File> files;
  for (const backup::Member& one : *members) files.push_back({one.name, std::string(as_text(one.content))});
  const auto verdict = evidence::verify(files, BoxKey::signer());
  EXPECT_TRUE(verdict.is_whole());
  EXPECT_GT(verdict.files, 10u);
  EXPECT_TRUE(recorded(EventId::evidence_exported));
  files.front().content += " ";
  EXPECT_FALSE(evidence::verify(files, BoxKey::signer()).is_whole());
}

/// BAK-06 and others want one paper each: nobody has to hand on all.
TEST_F(WebEvidence, papers_that_are_named_are_taken_along_alone_and_sealed_as_all_are) {
  made();
  sign();
  const std::string named = "paper-cl-r7,sheet-13-6";
  const Said said = taken(1, TypedValue::of(named));
  EXPECT_THAT(said.name, testing::EndsWith("-part.tar"));
  const auto record = recorded(EventId::evidence_exported);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->entries().back().text, named);
  const auto members = backup::read_tar(as_bytes(said.file));
  ASSERT_TRUE(members);
  std::vector<evidence::File> files;
  std::vector<std::string> there;
  for (const backup::Member& one : *members) {
    files.push_back({one.name, std::string(as_text(one.content))});
    there.push_back(one.name);
  }
  EXPECT_THAT(there, UnorderedElementsAre("paper-cl-r7.html", "paper-cl-r7.csv", "sheet-13-6.html",
                                          "sha256sums.txt", "seal.txt", "seal.sig", "signer.pem"));
  EXPECT_FALSE(evidence::verify(files, BoxKey::signer()).is_whole()) << "a part passed for all";
  const auto verdict = evidence::verify(files, BoxKey::signer(), true);
  EXPECT_TRUE(verdict.is_whole());
  EXPECT_EQ(verdict.files - verdict.left_out, 3u);
  files.front().content += " ";
  EXPECT_FALSE(evidence::verify(files, BoxKey::signer(), true).is_whole());
}

TEST_F(WebEvidence, a_paper_that_there_is_not_is_refused_and_those_there_are_are_named) {
  made();
  sign();
  for (const char* named : {"paper-cl-r9", "paper-cl-r7,", "paper-cl-r7.html", ","}) {
    const Said said = taken(1, TypedValue::of(std::string(named)));
    EXPECT_EQ(said.error, "text.malformed") << named;
    EXPECT_THAT(said.detail, HasSubstr(" paper-cl-r7 ")) << named;
  }
  EXPECT_FALSE(recorded(EventId::evidence_exported));
}

/// LOG-02: of the months that somebody asked for, and no others.
TEST_F(WebEvidence, the_months_of_the_boundary_can_be_chosen) {
  chronicle->write(Event(EventId::cut_made));
  made();  // records are added up by then
  const auto of = [this](std::string from, std::string until) {
    return looked(OperationId::evidence_make,
                  {TypedValue::of(std::move(from)), TypedValue::of(std::move(until))});
  };
  const auto months = reviews->months(1);
  ASSERT_TRUE(months && !months->empty());
  const std::string running = months->front();
  EXPECT_THAT(document(number_of(of("2020-01", running))), HasSubstr("boundary-" + running));
  EXPECT_EQ(of("2020-01", "2020-03").error, "review.unknown");
  EXPECT_EQ(of("no date", "2020-03").error, "review.unknown");
}

TEST_F(WebEvidence, what_a_controld_before_left_unsigned_is_signed_by_the_next) {
  made();
  evidence.emplace(*store, *chronicle, clock, packs(), profiles());
  EXPECT_TRUE(evidence->wants_key());
  sign();
  EXPECT_EQ(asked(OperationId::evidence_take, 1).error, "");
}

TEST_F(WebEvidence, the_oldest_goes_when_there_is_too_much_and_numbers_go_on) {
  for (std::size_t i = 0; i <= EvidenceShelf::kMost; ++i) made();
  EXPECT_EQ(asked(OperationId::evidence_show, 1).error, "evidence.unknown");
  EXPECT_EQ(asked(OperationId::evidence_show, 2).error, "");
  EXPECT_EQ(made(), EvidenceShelf::kMost + 2);
}

TEST_F(WebEvidence, whoever_may_not_make_it_makes_none) {
  for (const Role role : {Role::viewer, Role::maintainer}) {
    add(role);
    EXPECT_EQ(ask(OperationId::evidence_make, TypedValues(2), come(names[role])).error, "account.forbidden");
    EXPECT_EQ(ask(OperationId::evidence_list, {}, come(names[role])).error, "account.forbidden");
  }
}

// ---------------------------------------------------------------- one fact changes, and only its cells

TEST_F(WebEvidence, an_exception_that_is_turned_on_shows_where_exceptions_are) {
  const auto changed = changed_by([&] {
    set_rules({.rows = {rule("raw")},
               .exceptions = {{.tenant = "karte",
                               .service = "raw",
                               .what = {},
                               .until = {},
                               .reason = "old",
                               .approver = "x"}}});
  });
  EXPECT_THAT(changed, ElementsAre("tls.exceptions"));
  EXPECT_EQ(state_of("tls.exceptions"), "attention");
}

TEST_F(WebEvidence, a_certificate_that_lapses_shows_where_ends_are) {
  certificates.own[0].certificate->ends =
      std::chrono::floor<std::chrono::seconds>(clock.civil_now().time_since_epoch()) + std::chrono::days(60);
  EXPECT_EQ(state_of("certificates.ends"), "shown");
  const auto changed = changed_by([&] { certificates.own[0].certificate->ends = std::chrono::seconds(1); });
  EXPECT_THAT(changed, ElementsAre("certificates.ends"));
  EXPECT_EQ(state_of("certificates.ends"), "attention");
}

TEST_F(WebEvidence, a_wall_that_is_gone_shows_where_isolation_is) {
  EXPECT_EQ(state_of("isolation.proved"), "shown");
  EXPECT_THAT(changed_by([&] { proof.cases[0].outcome = ProofCase::Outcome::broken; }),
              ElementsAre("isolation.proved"));
  EXPECT_EQ(state_of("isolation.proved"), "attention");
  proof.cases[0].outcome = ProofCase::Outcome::unproven;
  EXPECT_EQ(state_of("isolation.proved"), "attention");
}

TEST_F(WebEvidence, a_proof_of_an_earlier_configuration_is_to_be_looked_at) {
  diagnosis.state.generation = model::Generation(4);
  EXPECT_EQ(state_of("isolation.proved"), "attention");
}

TEST_F(WebEvidence, a_service_that_is_not_reached_shows_where_services_are) {
  EXPECT_EQ(state_of("tls.endpoints"), "shown");
  const auto changed =
      changed_by([&] { diagnosis.trials.trials[0].outcome = model::CloseReason::upstream_refused; });
  EXPECT_THAT(changed, UnorderedElementsAre("services.diagnosis", "tls.endpoints", "whitelist.names"));
  EXPECT_EQ(state_of("tls.endpoints"), "attention");
}

TEST_F(WebEvidence, a_weak_endpoint_shows_where_endpoints_are_with_what_was_observed) {  // NET-06
  model::EndpointGrade grade{.tenant = "karte", .service = "emr", .at = std::chrono::days(20'000)};
  grade.of(model::Probe::tls13) = {model::Probed::Answer::agreed, "TLSv1.3 TLS_AES_256_GCM_SHA384 X25519"};
  diagnosis.trials.endpoints = {grade};
  EXPECT_EQ(state_of("tls.endpoints"), "shown");
  const auto changed = changed_by([&] {
    diagnosis.trials.endpoints[0].of(model::Probe::other_suites) = {model::Probed::Answer::agreed,
                                                                    "TLSv1.2 RSA_WITH_RC4_128_SHA"};
  });
  EXPECT_THAT(changed, ElementsAre("tls.endpoints"));
  EXPECT_EQ(state_of("tls.endpoints"), "attention");
}

TEST_F(WebEvidence, an_open_port_on_the_internets_side_shows_where_ports_are) {
  EXPECT_EQ(state_of("network.closed"), "shown");
  const auto changed = changed_by([&] {
    sights[1].listening = {{*model::IpAddress::parse("198.51.100.2"), 22}};
  });
  EXPECT_THAT(changed, UnorderedElementsAre("network.closed", "software.surface"));
  EXPECT_EQ(state_of("network.closed"), "attention");
}

TEST_F(WebEvidence, a_box_that_has_no_namespaces_does_not_say_that_it_is_closed) {
  diagnosis.state.kernel_rules = false;
  EXPECT_EQ(state_of("network.closed"), "unknown");
}

TEST_F(WebEvidence, a_rule_that_passes_through_is_no_mutual_authentication) {
  EXPECT_EQ(state_of("tls.mutual"), "by_design");
  auto passed = rule("raw");
  passed.mode = model::Mode::pass_through;
  set_rules({.rows = {passed}});
  EXPECT_EQ(state_of("tls.mutual"), "attention");
}

TEST_F(WebEvidence, a_wrapped_service_is_not_said_to_have_been_verified) {
  diagnosis.trials.trials[0].tls.clear();
  EXPECT_THAT(findings()["tls.endpoints"], HasSubstr("試した 1 サービスのうち 0 に、証明書の検証を含めて"));
  diagnosis.trials.silent = {"imaging"};
  EXPECT_EQ(state_of("tls.endpoints"), "attention");
}

TEST_F(WebEvidence, a_terminal_without_a_certificate_is_not_counted_among_those_with_one) {
  terminals.rows = {{.tenant = "karte", .terminal = "desk-1", .configured = true},
                    {.tenant = "karte", .terminal = "old-pc", .configured = true}};
  EXPECT_THAT(findings()["sources.identified"], HasSubstr("証明書で識別する端末は 2 台"));
  set_rules({.rows = {rule("raw")}, .by_address = {{"karte", "old-pc"}}});
  const std::string said = findings()["sources.identified"];
  EXPECT_THAT(said, HasSubstr("証明書で識別する端末は 1 台"));
  EXPECT_THAT(said, HasSubstr(R"("state":"attention")"));
}

TEST_F(WebEvidence, what_is_of_one_kind_too_often_is_counted_whole_and_shown_in_part) {
  for (std::size_t i = 0; i < findings::kMostSeen + 7; ++i)
    chronicle->write(Event(EventId::account_locked).add(Field::source, "10.0.0.9"));
  EXPECT_THAT(findings()["accounts.lock"], HasSubstr("ロックの記録は 57 件"));
}

TEST_F(WebEvidence, records_that_were_signed_and_are_gone_are_to_be_looked_at) {
  ASSERT_TRUE(store->keep({{store->last(), store->link(), std::chrono::seconds(1'795'000'000)}, {1}, {2}}));
  EXPECT_THAT(findings()["records.chain"], Not(HasSubstr("失われた")));
  ASSERT_TRUE(store->keep({{store->last() + 100'000, {}, std::chrono::seconds(1'795'000'001)}, {1}, {2}}));
  const std::string said = findings()["records.chain"];
  EXPECT_THAT(said, HasSubstr(R"("state":"attention")"));
  EXPECT_THAT(said, HasSubstr("失われた"));
}

TEST_F(WebEvidence, an_old_proof_is_to_be_looked_at) {
  clock.advance(std::chrono::hours(25));
  EXPECT_EQ(state_of("isolation.proved"), "attention");
}

TEST_F(WebEvidence, where_nobody_watches_nothing_is_said_not_to_be_there) {
  EXPECT_EQ(state_of("isolation.second_paths"), "shown");
  diagnosis.state.processes.push_back({.name = "watchd"});
  EXPECT_EQ(state_of("isolation.second_paths"), "unknown");
  EXPECT_EQ(state_of("devices.seen"), "unknown");
}

TEST_F(WebEvidence, what_the_box_tries_itself_is_no_device_that_was_seen) {
  roll.ports.push_back({.side = model::NetworkRoll::Side::lan, .segment = "karte", .interface = "lan0"});
  const auto refused = [](const char* interface, const char* source) {
    return Event(EventId::packet_refused).add(Field::interface, interface).add(Field::source, source);
  };
  for (std::size_t i = 0; i < 200; ++i) {
    Event own = refused("lan0", "10.11.1.1");
    chronicle->write(std::move(own.add(Field::account, 70'001)));
    chronicle->write(refused("wan0", "203.0.113.9"));
  }
  EXPECT_EQ(state_of("devices.seen"), "shown");
  chronicle->write(refused("lan0", "10.11.1.66"));
  const std::string said = findings()["devices.seen"];
  EXPECT_THAT(said, HasSubstr(R"("state":"attention")"));
  EXPECT_THAT(said, HasSubstr("10.11.1.66"));
}

TEST_F(WebEvidence, the_oldest_that_goes_is_in_the_records) {
  for (std::size_t i = 0; i <= EvidenceShelf::kMost; ++i) made();
  EXPECT_TRUE(recorded(EventId::evidence_removed));
  EXPECT_FALSE(store->database().run("DELETE FROM evidence"));
  EXPECT_FALSE(store->database().run("UPDATE evidence SET made = 0"));
  EXPECT_FALSE(store->database().run("UPDATE evidence_files SET files = x''"));
}

TEST_F(WebEvidence, each_text_has_as_many_places_in_both_languages) {
  const findings::Values many{"<0>", "<1>", "<2>", "<3>"};
  for (std::size_t i = 0; i < findings::kTexts; ++i) {
    const Words words = findings::said(static_cast<findings::Text>(i), many);
    for (const char* value : {"<0>", "<1>", "<2>", "<3>"})
      EXPECT_EQ(words.japanese.find(value) == std::string::npos,
                words.english.find(value) == std::string::npos)
          << words.english;
  }
}

TEST_F(WebEvidence, a_box_that_was_never_tried_claims_nothing) {
  diagnosis.trials = {};
  diagnosis.state.proof = {};
  set_rules({});
  const auto all = findings();
  for (const char* fact :
       {"tls.versions", "tls.mutual", "tls.endpoints", "isolation.proved", "whitelist.rules",
        "services.demarcation", "services.diagnosis", "incidents.clocks"})
    EXPECT_THAT(all.at(fact), HasSubstr(R"("state":"unknown")")) << fact;
}

}  // namespace
}  // namespace gw::control
