#include "control/certificate_watch.h"

#include <algorithm>
#include <set>
#include <utility>

#include "audit/read_line.h"
#include "base/text.h"
#include "control/web_errands.h"
#include "detect/clue.h"

namespace gw::control {
namespace {

using ipc::op::Msg;
using model::CertificateRoll;
using model::CivilSeconds;

/// Of each kind, to know again what was known before a restart: terminals come back by themselves.
constexpr std::size_t kMostRecalled = 2'000;

CivilSeconds seconds_of(CivilTime time) { return std::chrono::floor<CivilSeconds>(time.time_since_epoch()); }

pki::Life life_of(const CertificateRoll::Certificate& one) { return {one.begins, one.ends}; }

/// The oldest first. Where they cannot be looked up now nobody has to wait for that.
std::vector<audit::Record> newest_of(RecordStore& store, EventId event) {
  model::RecordQuery query;
  query.event = to_string(event);
  std::vector<audit::Record> out;
  auto found = store.find(query, UINT64_MAX, kMostRecalled);
  if (!found) return out;
  std::ranges::reverse(*found);
  for (const RecordStore::Found& one : *found)
    if (auto read = audit::read_line(one.line)) out.push_back(std::move(read->record));
  return out;
}

}  // namespace

void CertificateWatch::recall() {
  for (const audit::Record& record : newest_of(store_, EventId::session_opened)) terminals_.heed(record);
  for (const audit::Record& record : newest_of(store_, EventId::certificate_due))
    told_[std::string(detect::text_in(record.event, Field::digest))] = seconds_of(record.time);
}

void CertificateWatch::tick(ErrandLine& errands, bool is_clock_right) {
  if (clock_.now() < due_) return;
  due_ = clock_.now() + kLookEvery;
  if (!is_clock_right) return;
  terminals_.forget_ended(seconds_of(clock_.civil_now()));
  if (const auto number = errands.send({Msg::certificates, {}, {}})) errand_ = *number;
}

void CertificateWatch::told(const ErrandLine::Answer& answer) {
  if (errand_ == 0 || answer.errand != errand_) return;
  errand_ = 0;
  if (!answer.frame) {
    due_ = clock_.now() + kFirstLook;
    return;
  }
  const auto roll =
      web::sealed_in<CertificateRoll>(*answer.frame, Msg::certificate_roll, model::kMostCertificateRoll);
  if (roll) tell(watched(*roll), seconds_of(clock_.civil_now()));
}

std::optional<pki::Alarm> CertificateWatch::Watched::alarm_at(CivilSeconds now) const {
  auto out = pki::alarm_of(life, now);
  return out && !terminal.empty() && out->step > kTerminalsFrom ? std::nullopt : out;
}

/// What the box renews by itself is told of by its renewer.
std::vector<CertificateWatch::Watched> CertificateWatch::watched(const CertificateRoll& roll) const {
  std::vector<Watched> out;
  for (const CertificateRoll::Own& own : roll.own)
    if (own.certificate && own.renewal != CertificateRoll::Renewal::est)
      out.push_back(
          {own.tenant, {}, own.name, to_hex(own.certificate->fingerprint), life_of(*own.certificate)});
  for (const CertificateRoll::TrustSet& set : roll.trust)
    for (const CertificateRoll::Anchor& one : set.anchors)
      out.push_back(
          {set.tenant, {}, one.file, to_hex(one.certificate.fingerprint), life_of(one.certificate)});
  for (const auto& [terminal, certificate] : terminals_.all())
    out.push_back({terminal.tenant, terminal.name, {}, certificate.fingerprint, {{}, certificate.ends}});
  return out;
}

/// Was another step told last, or none?
bool CertificateWatch::is_news(const Watched& one, long step) const {
  const auto found = told_.find(one.fingerprint);
  if (found == told_.end()) return true;
  const auto before = one.alarm_at(found->second);
  return !before || before->step > step;
}

void CertificateWatch::tell(const std::vector<Watched>& all, CivilSeconds now) {
  std::vector<Event> events;
  std::map<std::string, std::size_t> of_tenant;
  for (const Watched& one : all) {
    const auto alarm = one.alarm_at(now);
    if (!alarm || !is_news(one, alarm->step) || ++of_tenant[one.tenant] > kMostAtOnce) continue;
    told_[one.fingerprint] = now;
    Event& event = events.emplace_back(EventId::certificate_due);
    if (!one.tenant.empty()) event.add(Field::tenant, one.tenant);
    if (!one.terminal.empty()) event.add(Field::terminal, one.terminal);
    if (!one.name.empty()) event.add(Field::name, one.name);
    event.add(Field::digest, one.fingerprint)
        .add(Field::days_left, static_cast<std::uint64_t>(alarm->days_left))
        .add(Field::until, to_timestamp(CivilTime(one.life.ends)));
  }
  if (!events.empty()) records_.write(std::move(events));
  forget(all, now);
}

/// What was told so long ago has ended since, or was told of again.
void CertificateWatch::forget(const std::vector<Watched>& all, CivilSeconds now) {
  constexpr std::chrono::days kFirstStep{60};
  std::set<std::string_view> watched;
  for (const Watched& one : all) watched.insert(one.fingerprint);
  std::erase_if(told_, [&](const auto& entry) {
    return entry.second + kFirstStep < now && !watched.contains(entry.first);
  });
}

}  // namespace gw::control
