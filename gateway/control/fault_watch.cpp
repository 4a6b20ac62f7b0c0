#include "control/fault_watch.h"

#include <algorithm>
#include <iterator>

#include "audit/read_line.h"
#include "control/web_errands.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using op::Msg;

constexpr Msg kQuestions[] = {Msg::diagnosis, Msg::network, Msg::certificates};
constexpr std::size_t kMostDetail = 100;  // octets

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& one : texts) out += (out.empty() ? "" : ", ") + one;
  return out;
}

/// "broken: line", "unclear: line, cloud_edge".
std::string result_of(const FaultVerdict& verdict) {
  const Sides sides = verdict.broken.empty() ? verdict.among : verdict.broken;
  return std::string(to_string(verdict.state)) + ": " + joined(sides.to_texts());
}

op::Faults faults_in(const FaultVerdict& verdict) {
  constexpr Sides kBeyond = Side::line | Side::dns | Side::cloud_edge | Side::service;
  return {verdict.broken.has(Side::box), (verdict.broken | verdict.among).has_any(kBeyond)};
}

std::string why(const FaultVerdict& verdict) {
  std::vector<std::string> out;
  for (const FaultVerdict::Reason& reason : verdict.reasons)
    out.push_back(std::string(to_string(reason.seen.id)) +
                  (reason.seen.about.empty() ? "" : " " + reason.seen.about));
  return joined(out).substr(0, kMostDetail);
}

/// The newest record of that kind.
Result<std::optional<audit::Numbered>> newest(EventId event, RecordStore& store) {
  model::RecordQuery query;
  query.event = to_string(event);
  GW_TRY(const auto found, store.find(query, UINT64_MAX, 1));
  if (found.empty()) return std::optional<audit::Numbered>();
  return audit::read_line(found.front().line);
}

/// A terminal was turned away since its service could not be reached, or was not what it has to be.
bool is_of_service(const model::Record& record) {
  if (record.event.id() != EventId::session_refused) return false;
  return std::ranges::any_of(record.event.entries(), [](const Event::Entry& entry) {
    return entry.field == Field::reason && entry.text.starts_with("upstream_");
  });
}

}  // namespace

Instant FaultWatch::due() const { return wants_trial() ? std::min(due_, try_from_) : due_; }

void FaultWatch::heed(const model::Record& record) {
  const EventId event = record.event.id();
  if (event == EventId::diagnosis_made) due_ = clock_.now();
  if (event == EventId::endpoint_failed || event == EventId::endpoint_recovered || is_of_service(record))
    ask_for_trial();
}

/// Not for what is over within a moment.
void FaultWatch::ask_for_trial() {
  if (is_trial_asked_) return;
  is_trial_asked_ = true;
  try_from_ = std::max(try_from_, clock_.now() + kPatience);
}

/// One that is under way does as well.
void FaultWatch::try_services(ErrandLine& errands) {
  const bool is_sent = static_cast<bool>(errands.send({Msg::diagnose, encode(op::Administrator()), {}}));
  is_trial_asked_ = !is_sent;
  try_from_ = clock_.now() + (is_sent ? kTryEvery : kLookEvery);
}

void FaultWatch::tick(ErrandLine& errands) {
  if (wants_trial() && clock_.now() >= try_from_) try_services(errands);
  if (clock_.now() < due_) return;
  due_ = clock_.now() + kLookEvery;
  heard_.clear();
  ask(errands);
}

void FaultWatch::ask(ErrandLine& errands) {
  errand_ = 0;
  if (const auto number = errands.send({kQuestions[heard_.size()], {}, {}})) errand_ = *number;
}

void FaultWatch::told(ErrandLine::Answer& answer, ErrandLine& errands) {
  if (errand_ == 0 || answer.errand != errand_) return;
  errand_ = 0;
  if (!answer.frame) return;
  heard_.push_back(std::move(*answer.frame));
  if (heard_.size() < std::size(kQuestions)) return ask(errands);
  static_cast<void>(static_cast<bool>(judge()));  // what cannot be read now is looked at in a minute
  tell(errands);
  heard_.clear();
}

/// Each time, since a supervisor that was started anew has not heard it.
void FaultWatch::tell(ErrandLine& errands) {
  static_cast<void>(static_cast<bool>(errands.send({Msg::faults, encode(faults_), {}})));
}

/// What was told before this process began.
Result<> FaultWatch::remember() {
  GW_TRY(const auto found, newest(EventId::fault_found, store_));
  GW_TRY(const auto over, newest(EventId::fault_over, store_));
  told_.emplace();
  if (!found || (over && over->number > found->number)) return Done{};
  for (const Event::Entry& entry : found->record.event.entries())
    if (entry.field == Field::result) told_ = entry.text;
  return Done{};
}

/// All is well, or whatever was bad has been measured since and is good.
bool FaultWatch::is_over(const web::FaultLook& look) const {
  if (look.verdict.state == FaultVerdict::State::sound) return true;
  const auto is_good_now = [&](const Observation& accused) {
    return std::ranges::any_of(look.observations, [&](const Observation& seen) {
      return seen.id == accused.id && seen.about == accused.about && seen.standing == Standing::good;
    });
  };
  return !accused_.empty() && std::ranges::all_of(accused_, is_good_now);
}

Result<> FaultWatch::judge() {
  using web::sealed_in;
  GW_TRY(const auto diagnosis, sealed_in<op::Diagnosis>(heard_[0], Msg::diagnosed, op::kMostDiagnosis));
  GW_TRY(const auto network, web::network_in(heard_[1]));
  GW_TRY(const auto certificates,
         sealed_in<model::CertificateRoll>(heard_[2], Msg::certificate_roll, model::kMostCertificateRoll));
  GW_TRY(const auto look,
         web::look_for_faults(diagnosis, network, certificates, rules_.rules(), store_, clock_.civil_now()));
  if (!told_) GW_TRY(remember());
  const bool is_bad = !look.verdict.reasons.empty();
  if (!is_bad && !is_over(look)) return Done{};
  faults_ = is_bad ? faults_in(look.verdict) : op::Faults{};
  const std::string result = is_bad ? result_of(look.verdict) : std::string();
  accused_.clear();
  for (const FaultVerdict::Reason& reason : look.verdict.reasons) accused_.push_back(reason.seen);
  if (result == *told_) return Done{};
  told_ = result;
  Event event(result.empty() ? EventId::fault_over : EventId::fault_found);
  if (!result.empty()) event.add(Field::result, result).add(Field::detail, why(look.verdict));
  records_.write(event);
  return Done{};
}

}  // namespace gw::control
