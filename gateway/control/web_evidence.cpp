// Evidence: what the box states about itself, and the papers that it answers (GOV-02, GOV-03).

#include "audit/line.h"
#include "backup/tar.h"
#include "base/build_time.h"
#include "base/json.h"
#include "control/evidence_office.h"
#include "control/findings/forms.h"
#include "control/web_handlers.h"
#include "evidence/diagram.h"
#include "model/proof_text.h"

namespace gw::control::web {
namespace {

constexpr std::string_view kDocument = "evidence.json";
constexpr std::size_t kMostSteps = 50;  // of adding records up, a few hundred each

/// The proof as it was signed, so that whoever was handed it can tell without the box (ISO-09). Not one that
/// came between the two answers.
std::vector<evidence::Attachment> signed_proof(const BoxSight& sight) {
  const auto& told = sight.diagnosis.state.proof;
  if (!sight.proof || sight.proof->ended != told.ended || told.signature.empty()) return {};
  return {{"proof.json", model::to_json(*sight.proof)},
          {"proof.sig", std::string(as_text(told.signature))},
          {"proof.pem", sight.certificate_state.evidence_key}};
}

Result<WebAnswer> make(const WebAsk& ask, const WebAround& around, const BoxSight& sight) {
  // What is only tried out is not stated: the rules known here are those that were confirmed.
  GW_TRY(const auto flying, around.changes.in_flight());
  if (flying) return Error{ErrorCode::change_in_flight};
  for (std::size_t i = 0; i < kMostSteps && around.reviews.is_behind(); ++i)
    GW_TRY(unless_full(around.reviews.tick()));
  const CivilTime now = around.clock.civil_now();
  const model::RuleRoll& rules = around.reviews.rules().rules();
  GW_TRY(auto findings, findings::all({ask, around, sight, now}));
  GW_TRY(auto forms, findings::forms_of({ask, around, sight, now}));
  GW_TRY(const std::uint64_t number, around.evidence.next_number());
  const std::uint64_t generation = sight.diagnosis.state.generation.number();
  const evidence::Document document{
      .number = number,
      .made = now,
      .by = ask.actor.name,
      .site = rules.site,
      .software = audit::to_jst(build_time()),
      .generation = generation,
      .is_clock_right = sight.diagnosis.state.clock.is_right(),
      .findings = std::move(findings),
      .papers = around.evidence.packs().judged,
      .forms = std::move(forms),
      .attached = signed_proof(sight),
      .diagram = evidence::diagram_of(sight.network.roll, rules,
                                      evidence::diagram_caption(number, now, generation))};
  GW_TRY(around.evidence.keep(ask.actor, document));
  return WebAnswer{.json = JsonObject().number("evidence", number).take()};
}

JsonObject head_of(const KeptEvidence& one) {
  JsonObject out;
  out.number("evidence", one.number)
      .text("made", time_text(one.made))
      .text("by", one.by)
      .number("generation", one.generation)
      .number("shown", one.shown)
      .number("by_design", one.by_design)
      .number("attention", one.attention)
      .number("unknown", one.unknown)
      .flag("signed", one.is_signed());
  if (one.is_signed()) out.text("signer", to_hex(pki::sha256_of(one.signer)));
  return out;
}

std::string json_of(const PackRefused& one) {
  return JsonObject().text("file", one.file).text("why", one.why).take();
}

std::string json_of(const evidence::Judged& one) {
  return JsonObject()
      .text("pack", one.pack.id)
      .number("version", one.pack.version)
      .text("title", one.pack.title)
      .text("edition", one.pack.edition)
      .text("sha256", to_hex(one.digest))
      .flag("signed", one.is_signed)
      .take();
}

}  // namespace

Result<WebAnswer> evidence_make(const WebAsk&, const WebAround&) { return looks<make>(); }

Result<WebAnswer> evidence_list(const WebAsk&, const WebAround& around) {
  GW_TRY(const auto all, around.evidence.list());
  const PacksFound& packs = around.evidence.packs();
  return WebAnswer{
      .json = JsonObject()
                  .raw("evidence", json_each(all, [](const auto& one) { return head_of(one).take(); }))
                  .raw("packs", json_each(packs.judged, [](const auto& one) { return json_of(one); }))
                  .raw("refused", json_each(packs.refused, [](const auto& one) { return json_of(one); }))
                  .take()};
}

Result<WebAnswer> evidence_show(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const KeptEvidence one, around.evidence.find(ask.number(0, 0)));
  GW_TRY(const auto members, backup::read_tar(one.files));
  for (const backup::Member& member : members)
    if (member.name == kDocument)
      return WebAnswer{.json = head_of(one).text("document", as_text(member.content)).take()};
  return Error{ErrorCode::store_damaged, "evidence without its document"};
}

Result<WebAnswer> evidence_take(const WebAsk& ask, const WebAround& around) {
  GW_TRY(auto taken, around.evidence.take_along(ask.actor, ask.number(0, 0), ask.told));
  WebAnswer answer;
  answer.octets = std::move(taken);
  return answer;
}

}  // namespace gw::control::web
