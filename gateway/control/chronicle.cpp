#include "control/chronicle.h"

#include <utility>

#include "audit/removal.h"

namespace gw::control {

audit::Record Chronicle::record_of(Event event) const {
  return {clock_.civil_now(), clock_state_, std::string(audit::kKeeper), {}, std::move(event)};
}

void Chronicle::pass_on(std::span<const Event> events) {
  for (const Event& event : events) log_.write(event);
}

Result<> Chronicle::write(std::span<const Event> events, const std::function<Result<>()>& with) {
  std::vector<audit::Record> records = waiting_;  // in their order
  for (const Event& event : events) records.push_back(record_of(event));
  GW_TRY(store_.together(records, with));
  waiting_.clear();
  pass_on(events);
  return Done{};
}

void Chronicle::put_off(const Event& event) {
  if (waiting_.size() >= kMostWaiting) {
    ++lost_;
    return;
  }
  if (lost_ != 0)
    waiting_.push_back(record_of(Event(EventId::records_lost).add(Field::count, std::exchange(lost_, 0))));
  waiting_.push_back(record_of(event));
}

void Chronicle::write(std::vector<Event> events) {
  for (const Event& event : events) put_off(event);
  pass_on(events);
  retry_due_ = {};
  tick();
}

void Chronicle::tick() {
  if (waiting_.empty() || clock_.now() < retry_due_) return;
  retry_due_ = clock_.now() + kRetryEvery;
  if (store_.together(waiting_, [] { return Result<>(Done{}); })) waiting_.clear();
}

}  // namespace gw::control
