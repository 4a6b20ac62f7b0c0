// Evidence: what the box states about itself, and the papers that it answers (GOV-02, GOV-03).

#include "backup/tar.h"
#include "base/json.h"
#include "control/box_statement.h"
#include "control/evidence_office.h"
#include "control/web_handlers.h"

namespace gw::control::web {
namespace {

constexpr std::string_view kDocument = "evidence.json";

Result<WebAnswer> make(const WebAsk& ask, const WebAround& around, const BoxSight& sight) {
  const MonthsAsked months{std::string(ask.text(0)), std::string(ask.text(1))};
  GW_TRY(const evidence::Document document, statement_of(ask, around, sight, months));
  GW_TRY(around.evidence.keep(ask.actor, document));
  return WebAnswer{.json = JsonObject().number("evidence", document.number).take()};
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
  if (one.incident != 0) out.number("incident", one.incident);
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
  GW_TRY(const KeptEvidence one, around.evidence.find(ask.number(0, 0)));
  if (one.incident != 0) return Error{ErrorCode::evidence_of_incident};  // it holds records
  GW_TRY(auto taken, around.evidence.take_along(ask.actor, ask.number(0, 0), ask.told, ask.text(1)));
  WebAnswer answer;
  answer.octets = std::move(taken);
  return answer;
}

}  // namespace gw::control::web
