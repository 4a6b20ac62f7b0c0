#include "enrol/records.h"

namespace gw::enrol {
namespace {

Event about(EventId id, const model::Endpoint& source, const std::string& why) {
  return Event(id).add(Field::source, source.address.to_text()).add(Field::detail, why);
}

}  // namespace

void Records::refused(const model::Endpoint& source, const std::string& terminal, const std::string& why) {
  Event event = about(EventId::enrolment_refused, source, why);
  if (!terminal.empty()) event.add(Field::terminal, terminal);
  write(event);
}

void Records::no_session(const model::Endpoint& source, const std::string& why) {
  write(about(EventId::enrolment_shunned, source, why));
}

void Records::write(const Event& event) {
  tick();
  if (written_ == kMostInAMinute) {
    ++folded_;
    return;
  }
  ++written_;
  sink_.write(event);
}

void Records::tick() {
  if (clock_.now() < minute_ends_) return;
  minute_ends_ = clock_.now() + std::chrono::minutes(1);
  written_ = 0;
  if (folded_ != 0) sink_.write(Event(EventId::enrolments_folded).add(Field::count, folded_));
  folded_ = 0;
}

}  // namespace gw::enrol
