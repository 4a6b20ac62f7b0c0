#include "reachability.h"

#include <algorithm>

#include "asker.h"
#include "model/endpoint_change.h"

namespace gw::supervisor {

namespace msg = ipc::compartment;

Reachability::Reachability(const Premises& premises, Compartments& compartments,
                           const std::string& state_folder)
    : premises_(premises), compartments_(compartments), started_(civil_now()) {
  if (const Result<> opened = GradeBook::open(state_folder, book_); !opened)
    premises_.journal.write(Event(EventId::endpoints_unkept).add(Field::detail, opened.error().to_text()));
  trials_.endpoints = book_.grades();
}

Result<> Reachability::begin(const ipc::op::Administrator& by) {
  if (is_under_way()) return Error{ErrorCode::diagnosis_under_way};
  by_ = by;
  before_ = std::exchange(trials_, {.began = civil_now(), .by = by.name, .endpoints = book_.grades()});
  until_ = premises_.clock.now() + kPatience;
  ++question_;
  for (const auto& [tenant, place] : compartments_.proxies()) {
    waiting_.insert(tenant);
    compartments_.inquire(tenant, msg::Msg::try_services, encode(msg::TryServices{question_}), {});
  }
  if (waiting_.empty()) conclude();
  return Done{};
}

/// What it found of an endpoint was observed, and stays.
Result<> Reachability::give_up(const ipc::op::Administrator& by) {
  if (!is_under_way()) return Done{};
  if (by_.name.empty()) return Error{ErrorCode::diagnosis_under_way, "the box tries it by itself"};
  for (const std::string& tenant : waiting_) compartments_.inquire(tenant, msg::Msg::stop_trying, {}, {});
  waiting_.clear();
  record_given_up(by);
  trials_ = std::exchange(before_, {});
  trials_.endpoints = book_.grades();
  return Done{};
}

/// An answer to an earlier question comes too late.
void Reachability::hear(const std::string& tenant, const msg::ServiceTried& said) {
  if (said.question != question_ || !waiting_.contains(tenant)) return;
  if (said.trial && trials_.trials.size() < model::kMostServiceTrials) {
    model::ServiceTrial& trial = trials_.trials.emplace_back(*said.trial);
    trial.tenant = tenant;
    if (auto grade = std::exchange(trial.endpoint, std::nullopt)) {
      grade->tenant = tenant;
      compare(*grade);
      book_.put(*std::move(grade));
    }
  }
  if (said.is_last) waiting_.erase(tenant);
  if (waiting_.empty()) conclude();
}

void Reachability::compare(const model::EndpointGrade& grade) {
  const model::EndpointGrade* before = book_.of(grade.tenant, grade.service);
  if (before == nullptr) return;
  for (const model::EndpointChange& change : model::changes_between(*before, grade))
    premises_.journal.write(Event(change.event)
                                .add(Field::tenant, grade.tenant)
                                .add(Field::service, grade.service)
                                .add(Field::before, change.before)
                                .add(Field::after, change.after));
}

/// Nobody is named as who asked.
void Reachability::keep_week() {
  const EditionPtr& edition = compartments_.in_force();
  if (!edition || is_under_way()) return;
  const auto now = civil_now(), last = std::min(book_.last_round(), now);  // a clock may have been set back
  if (now >= next_round(last, started_, edition->wiring.site)) static_cast<void>(begin({}));
}

void Reachability::tick(Instant now) {
  if (is_under_way() && now >= until_) conclude();
}

void Reachability::conclude() {
  trials_.silent.assign(waiting_.begin(), waiting_.end());
  waiting_.clear();
  trials_.ended = civil_now();
  if (const Result<> kept = book_.close_round(trials_); !kept)
    premises_.journal.write(Event(EventId::endpoints_unkept).add(Field::detail, kept.error().to_text()));
  trials_.endpoints = book_.grades();
  record();
}

void Reachability::record() const {
  const auto failed = std::ranges::find_if(trials_.trials, [](const model::ServiceTrial& trial) {
    return trial.outcome != model::CloseReason::finished;
  });
  Event event = event_by(EventId::diagnosis_made, by_);
  event.add(Field::count, std::uint64_t{trials_.trials.size()});
  if (failed == trials_.trials.end())
    event.add(Field::result, trials_.silent.empty() ? "reached" : "no_answer");
  else
    event.add(Field::result, to_string(failed->outcome))
        .add(Field::tenant, failed->tenant)
        .add(Field::service, failed->service);
  premises_.journal.write(event);
}

void Reachability::record_given_up(const ipc::op::Administrator& by) const {
  premises_.journal.write(event_by(EventId::diagnosis_made, by)
                              .add(Field::count, std::uint64_t{trials_.trials.size()})
                              .add(Field::result, "given_up")
                              .add(Field::object, "asked for by " + by_.name));
}

std::chrono::milliseconds Reachability::civil_now() const {
  return std::chrono::floor<std::chrono::milliseconds>(premises_.clock.civil_now().time_since_epoch());
}

}  // namespace gw::supervisor
