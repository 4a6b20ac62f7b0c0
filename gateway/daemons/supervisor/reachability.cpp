#include "reachability.h"

#include <algorithm>

#include "asker.h"

namespace gw::supervisor {

namespace msg = ipc::compartment;

Result<> Reachability::begin(const ipc::op::Administrator& by) {
  if (is_under_way()) return Error{ErrorCode::diagnosis_under_way};
  by_ = by;
  trials_ = {.began = civil_now()};
  until_ = premises_.clock.now() + kPatience;
  ++question_;
  for (const auto& [tenant, place] : compartments_.proxies()) {
    waiting_.insert(tenant);
    compartments_.inquire(tenant, msg::Msg::try_services, encode(msg::TryServices{question_}), {});
  }
  if (waiting_.empty()) conclude();
  return Done{};
}

/// An answer to an earlier question comes too late.
void Reachability::hear(const std::string& tenant, const msg::ServiceTried& said) {
  if (said.question != question_ || !waiting_.contains(tenant)) return;
  if (said.trial && trials_.trials.size() < model::kMostServiceTrials) {
    trials_.trials.push_back(*said.trial);
    trials_.trials.back().tenant = tenant;
  }
  if (said.is_last) waiting_.erase(tenant);
  if (waiting_.empty()) conclude();
}

void Reachability::tick(Instant now) {
  if (is_under_way() && now >= until_) conclude();
}

void Reachability::conclude() {
  trials_.silent.assign(waiting_.begin(), waiting_.end());
  waiting_.clear();
  trials_.ended = civil_now();
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

std::chrono::milliseconds Reachability::civil_now() const {
  return std::chrono::floor<std::chrono::milliseconds>(premises_.clock.civil_now().time_since_epoch());
}

}  // namespace gw::supervisor
