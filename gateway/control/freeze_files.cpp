#include "control/freeze_files.h"

#include "base/codec.h"
#include "base/csv.h"
#include "base/text.h"
#include "config/sources.h"
#include "control/notice_targets.h"
#include "model/proof_text.h"
#include "pki/certificate.h"

namespace gw::control::web {
namespace {

using changes::Change;
using evidence::File;
using incidents::Incident;

constexpr std::size_t kMostChanges = 100;

Result<File> records_file(const WebAround& around, const Extent& extent) {
  GW_TRY(const audit::Link before, around.store.link_before(extent.first));
  GW_TRY(RecordStore::Piece piece, around.store.chain(extent.first, kMostFrozen));
  if (piece.next <= extent.last)
    return Error{ErrorCode::incident_span_too_large,
                 "from: there is room for the records since number " +
                     std::to_string(extent.last - (piece.next - extent.first))};
  return File{"records.jsonl", audit::write_head(extent.first, before) + std::move(piece.text)};
}

/// The newest first: those that were in force at some time since then.
Result<std::vector<Change>> in_force_since(const WebAround& around, CivilTime from) {
  GW_TRY(const auto newest, around.changes.newest(kMostChanges));
  std::vector<Change> out;
  for (const Change& one : newest) {
    if (one.generation == 0) continue;
    out.push_back(one);
    if (one.state == changes::State::confirmed && one.ended <= from) break;
  }
  return out;
}

Result<> add_configurations(const WebAround& around, CivilTime from, std::vector<File>& out) {
  GW_TRY(const auto changes, in_force_since(around, from));
  for (const Change& one : changes) {
    const auto octets = around.changes.sources(one.number);
    if (!octets && octets.error().code == ErrorCode::change_pruned) continue;
    GW_TRY(octets);
    GW_TRY(const auto sources, decode<config::Sources>(*octets));
    out.push_back({"configuration-" + std::to_string(one.number.number()) + ".yaml", sources.text});
  }
  return Done{};
}

File certificates_file(const model::CertificateRoll& roll) {
  std::string out = std::string(kCsvMark) +
                    csv_line({"tenant", "name", "subject", "issuer", "serial", "key", "sha256", "until"});
  for (const auto& own : roll.own) {
    if (!own.certificate) continue;
    const auto& one = *own.certificate;
    out += csv_line({own.tenant, own.name, one.subject, one.issuer, one.serial, one.key,
                     to_hex(one.fingerprint), to_timestamp(CivilTime(one.ends))});
  }
  return {"certificates.csv", out};
}

std::string line_of(const incidents::Entry& entry) {
  std::string out = std::to_string(entry.number) + " " + incidents::shown_time(entry.written) + " " +
                    (entry.by.empty() ? "装置" : entry.by) + ": " +
                    std::string(words_of(entry.kind, Language::japanese));
  if (!entry.what.empty()) out += " " + entry.what;
  if (entry.at != CivilTime{}) out += " " + incidents::shown_time(entry.at);
  if (!entry.words.empty()) out += " – " + entry.words;
  return out + "(記録 " + std::to_string(entry.record) + ")\n";
}

File incident_file(const Incident& incident) {
  std::string out = "事故 " + std::to_string(incident.id.number()) + ": " + incident.title() + "\n\n経過\n";
  for (const incidents::Entry& entry : incident.entries) out += line_of(entry);
  return {"incident.txt", out};
}

/// The beginning of the chain of custody; what follows stands in the box's records.
File custody_file(const WebAsk& ask, const WebAround& around, const Incident& incident,
                  const Extent& extent) {
  const accounts::Actor& by = ask.actor;
  std::string out = "証拠保全の来歴\n\n";
  out += "事故: " + std::to_string(incident.id.number()) + " " + incident.title() + "\n";
  out += "凍結した人: " + by.name + "(" + std::string(accounts::japanese_of(by.role)) + ")\n";
  out += "接続元とセッション: " + by.visitor.to_text() + "、" + by.session + "\n";
  out += "凍結した日時: " + incidents::shown_time(around.clock.civil_now()) + "\n";
  out += "対象: " + incidents::shown_time(extent.from) + " 以降、記録 " + std::to_string(extent.first) +
         " 〜 " + std::to_string(extent.last) + "\n";
  out += "最後の記録の連鎖値: " + to_hex(around.store.link()) + "\n\n";
  out +=
      "この後の持ち出しと保持の解除は、装置の記録(incident.taken、incident.lifted)"
      "に人・日時・ダイジェストつきで残ります。\n";
  out += "確かめ方: sekisho-evidence-verify(全体と署名)、sekisho-log-verify records.jsonl(記録の連鎖)。\n";
  return {"custody.txt", out};
}

Result<> add_drafts(const WebAround& around, const Incident& incident, std::vector<File>& out) {
  GW_TRY(const auto known, known_for_drafts(around));
  for (std::size_t i = 0; i < incidents::kNotices; ++i) {
    const auto notice = incidents::draft(static_cast<incidents::NoticeId>(i), incident, known);
    const std::string name = "notice-" + std::string(to_string(notice.notice));
    out.push_back({name + ".html", page_of(notice)});
    out.push_back({name + ".txt", text_of(notice)});
  }
  return Done{};
}

}  // namespace

Result<incidents::Known> known_for_drafts(const WebAround& around) {
  const model::RuleRoll& rules = around.reviews.rules().rules();
  GW_TRY(auto contacts, around.contacts.list(services_of(rules)));
  return incidents::Known{rules.site, std::move(contacts), around.clock.civil_now()};
}

Result<std::vector<File>> freeze_files(const WebAsk& ask, const WebAround& around, const BoxSight& sight,
                                       const Incident& incident, const Extent& extent) {
  std::vector<File> out;
  GW_TRY(File records, records_file(around, extent));
  out.push_back(custody_file(ask, around, incident, extent));
  out.push_back(incident_file(incident));
  out.push_back(std::move(records));
  out.push_back(certificates_file(sight.certificates));
  if (sight.proof) out.push_back({"isolation.json", to_json(*sight.proof)});
  GW_TRY(add_configurations(around, extent.from, out));
  GW_TRY(add_drafts(around, incident, out));
  return out;
}

}  // namespace gw::control::web
