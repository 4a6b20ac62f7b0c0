// One fact of the box changes, and the cells that it answers change, and only they (GOV-03): a row for each
// fact of packs/facts.def that something on the box can move.

#include <algorithm>
#include <set>

#include "unit/control/stated_box.h"

namespace gw::control {
namespace {

using packs::FactId;
using papers::Statement;

class EvidenceMoves : public StatedBox {
 public:
  using StatedBox::certificates, StatedBox::diagnosis, StatedBox::proof, StatedBox::roll, StatedBox::sights,
      StatedBox::store, StatedBox::terminals, StatedBox::add;

  void SetUp() override {
    StatedBox::SetUp();
    profiles_now_ = profiles();
    rules = {.rows = {rule("yadoc"), rule("raw")},
             .doors = {{.tenant = "karte", .listener = "front", .services = {{"raw"}}}}};
    rules.rows[0].server_name = "yadoc.cloud.example";
    terminals.rows = {{.tenant = "karte", .terminal = "desk-1", .configured = true}};
    roll.ports.push_back({.side = model::NetworkRoll::Side::lan, .segment = "karte", .interface = "lan0"});
    say_rules();
  }
  void TestBody() override {}

  void say_rules() { set_rules(rules); }
  void record(Event event) { chronicle->write(std::move(event)); }
  /// As whoever puts an answer into a profile.
  void answer(papers::FactId id, const std::string& value) {
    for (ProfileFound& one : profiles_now_.known)
      if (one.profile.name == "yadoc")
        one.profile.statements[static_cast<std::size_t>(id)] = {
            {.standing = Statement::Standing::known, .value = value, .where = "回答書"}};
    evidence.emplace(*store, *chronicle, clock, packs(), profiles_now_);
  }
  /// As a controld that finds another last use of each rule.
  void forget_uses() {
    ASSERT_TRUE(store->database().run("UPDATE rule_use SET used = 0"));
    reviews.emplace(*ReviewOffice::open(*store, *chronicle, clock));
    say_rules();
  }
  void take_stock() {
    const auto session = come("first");
    EXPECT_EQ(ask(OperationId::accounts_stock_take, {}, session).error, "");
  }
  void be_found_with_a_configuration() {
    EXPECT_TRUE(office->changes().hear(changes::Standing{{}, {}, {}, {'a'}}));
    EXPECT_TRUE(office->changes().hear({.order = changes::Order::keep, .change = changes::ChangeNumber(1)}));
  }
  /// Every cell that an item of a paper has, and what answers it.
  static std::vector<std::string> items_in(const std::string& document) {
    std::vector<std::string> out;
    const std::string begin = R"({"id":")";
    for (std::size_t at = document.find(begin); at != std::string::npos;) {
      const std::size_t next = std::min(document.find(begin, at + 1), document.find(R"(],"forms":)"));
      out.push_back(document.substr(at, next - at));
      at = document.find(begin, at + 1);
    }
    return out;
  }

  model::RuleRoll rules{};
  ProfilesFound profiles_now_{};
};

/// What happens to the box, and which facts are other ones then.
struct Move {
  FactId fact{};
  void (*move)(EvidenceMoves& box);
  std::vector<FactId> also{};  ///< that say the same thing from their side
};

Event packet_from_inside() {
  return Event(EventId::packet_refused).add(Field::interface, "lan0").add(Field::source, "10.11.1.66");
}

/// Of connections, walls, the whitelist and whoever administers.
std::vector<Move> first_moves() {
  using enum FactId;
  return {
      {tls_versions,
       [](auto& box) { box.record(Event(EventId::session_opened).add(Field::down_tls, "TLSv1.2 X")); },
       {}},
      {tls_mutual,
       [](auto& box) { box.rules.rows[1].mode = model::Mode::pass_through, box.say_rules(); },
       {modes_plaintext}},
      {tls_exceptions,
       [](auto& box) {
         box.rules.exceptions = {{.tenant = "karte", .service = "raw", .reason = "old", .approver = "x"}};
         box.say_rules();
       }},
      {tls_endpoints,
       [](auto& box) {
         box.diagnosis.trials.endpoints = {
             {.tenant = "karte", .service = "raw", .at = std::chrono::days(20'000)}};
       }},
      {modes_plaintext,
       [](auto& box) { box.rules.rows[1].mode = model::Mode::wrap, box.say_rules(); },
       {tls_mutual}},
      {isolation_proved, [](auto& box) { box.proof.cases[0].outcome = model::ProofCase::Outcome::broken; }},
      {isolation_second_paths, [](auto& box) { box.record(Event(EventId::second_path_seen)); }},
      {isolation_cuts, [](auto& box) { box.diagnosis.state.cuts = {{}}; }},
      {whitelist_rules,
       [](auto& box) { box.rules.rows[1].until = std::chrono::days(22'000), box.say_rules(); }},
      {whitelist_unused, [](auto& box) { box.forget_uses(); }},
      {whitelist_names,
       [](auto& box) {
         box.diagnosis.trials.trials[0].remote = {*model::IpAddress::parse("203.0.113.9"), 443};
       },
       {tls_endpoints}},
      {sources_identified,
       [](auto& box) {
         box.rules.by_address = {{"karte", "desk-1"}}, box.say_rules();
       }},
      {refusals_told, [](auto& box) { box.record(Event(EventId::session_refused)); }},
      {accounts_factors, [](auto& box) { box.add(Role::viewer); }, {accounts_roles}},
      {accounts_roles, [](auto& box) { box.add(Role::auditor); }, {accounts_factors}},
      {accounts_lock, [](auto& box) { box.record(Event(EventId::account_locked)); }},
      {accounts_stock_take, [](auto& box) { box.take_stock(); }},
      {accounts_emergency, [](auto& box) { box.add(Role::break_glass); }, {accounts_factors, accounts_roles}},
  };
}

/// Of what is kept, of certificates, devices and services.
std::vector<Move> other_moves() {
  using enum FactId;
  return {
      {records_chain,
       [](auto& box) {
         EXPECT_TRUE(box.store->keep(
             {{box.store->last(), box.store->link(), std::chrono::seconds(1'795'000'000)}, {1}, {2}}));
       }},
      {records_export, [](auto& box) { box.record(Event(EventId::records_exported)); }},
      {records_clock,
       [](auto& box) { box.diagnosis.state.clock.earliest = std::chrono::hours(1'000'000); },
       {services_diagnosis}},
      {backups_tried, [](auto& box) { box.record(Event(EventId::backup_tried)); }},
      {changes_history, [](auto& box) { box.be_found_with_a_configuration(); }, {changes_second_person}},
      {certificates_ends,
       [](auto& box) { box.certificates.own[0].certificate->ends = std::chrono::seconds(1); }},
      {certificates_trust,
       [](auto& box) { box.certificates.trust = {{.tenant = "karte", .anchors = {{}}}}; }},
      {certificates_revocation,
       [](auto& box) { box.certificates.lists = {{.tenant = "karte", .issuer = "CN=ca"}}; }},
      {terminals_register,
       [](auto& box) {
         box.terminals.rows.push_back({.tenant = "karte", .terminal = "desk-2", .configured = true});
       },
       {sources_identified}},
      {devices_seen, [](auto& box) { box.record(packet_from_inside()); }},
      {network_segments, [](auto& box) { box.roll.ports[0].addresses.clear(); }},
      {network_closed,
       [](auto& box) {
         box.sights[1].listening = {{*model::IpAddress::parse("198.51.100.2"), 22}};
       },
       {software_surface}},
      {software_surface,
       [](auto& box) { box.diagnosis.state.processes.push_back({.name = "webd", .pid = 9}); }},
      {services_papers, [](auto& box) { box.answer(papers::FactId::change_lead_time, "45 d"); }},
      {services_demarcation,
       [](auto& box) { box.answer(papers::FactId::demarcation_box, "customer"); },
       {services_papers}},
      {services_diagnosis,
       [](auto& box) { box.diagnosis.trials.trials[0].outcome = model::CloseReason::upstream_refused; },
       {tls_endpoints, whitelist_names}},
      {incidents_clocks,
       [](auto& box) { box.answer(papers::FactId::incident_within, "1 h"); },
       {services_papers}},
      {incidents_contacts, [](auto& box) { box.answer(papers::FactId::contact_telephone, "03-0000-0000"); }},
  };
}

std::vector<Move> moves() {
  std::vector<Move> out = first_moves(), others = other_moves();
  out.insert(out.end(), others.begin(), others.end());
  return out;
}

/// What nothing on a running box moves: how it is made, what was settled before anybody could ask, and what
/// moves only where a month, a disk or a maintainer is at hand, which their own tests have.
constexpr FactId kStanding[] = {
    FactId::modes_no_vpn,          FactId::accounts_passwords,  FactId::accounts_first_password,
    FactId::accounts_sessions,     FactId::records_kinds,       FactId::records_access,
    FactId::records_retention,     FactId::records_review,      FactId::backups_kept,
    FactId::changes_second_person, FactId::maintenance_windows, FactId::maintenance_rights,
    FactId::maintenance_reports,   FactId::network_diagram,     FactId::software_version,
    FactId::incidents_evidence};

TEST(EvidenceMovesTable, each_fact_is_moved_or_said_to_stand) {
  std::multiset<FactId> known(std::begin(kStanding), std::end(kStanding));
  for (const Move& move : moves()) known.insert(move.fact);
  for (const packs::Fact& fact : packs::facts())
    EXPECT_EQ(known.count(fact.id), 1u) << fact.name << ": give it a row in moves(), or in kStanding";
}

class EvidenceMove : public testing::TestWithParam<std::size_t> {};

TEST_P(EvidenceMove, changes_its_own_cells_alone) {
  const Move move = moves()[GetParam()];
  EvidenceMoves box;
  box.SetUp();
  const std::string before = box.document(box.made());
  move.move(box);
  const std::string after = box.document(box.made());

  std::set<std::string> expected{std::string(packs::fact(move.fact).name)}, changed;
  for (const FactId id : move.also) expected.insert(std::string(packs::fact(id).name));
  const auto was = StatedBox::findings_in(before), is = StatedBox::findings_in(after);
  for (const auto& [name, text] : is)
    if (was.at(name) != text) changed.insert(name);
  EXPECT_EQ(changed, expected);

  const auto items_before = EvidenceMoves::items_in(before), items_after = EvidenceMoves::items_in(after);
  ASSERT_EQ(items_before.size(), items_after.size());
  for (std::size_t i = 0; i < items_after.size(); ++i) {
    const bool is_answered = std::ranges::any_of(expected, [&](const std::string& name) {
      return items_after[i].find("\"" + name + "\"") != std::string::npos;
    });
    if (is_answered) continue;
    EXPECT_EQ(items_before[i], items_after[i]) << "no item of another fact moves";
  }
}

INSTANTIATE_TEST_SUITE_P(Facts, EvidenceMove, testing::Range(std::size_t{0}, moves().size()),
                         [](const auto& one) {
                           std::string name(packs::fact(moves()[one.param].fact).name);
                           std::ranges::replace(name, '.', '_');
                           return name;
                         });

}  // namespace
}  // namespace gw::control
