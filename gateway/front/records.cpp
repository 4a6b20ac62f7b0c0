#include "front/records.h"

namespace gw::front {
namespace {

Event about(EventId id, const model::Endpoint& source, std::string_view why) {
  return Event(id).add(Field::source, source.address.to_text()).add(Field::detail, why);
}

}  // namespace

void Records::refused(const model::Endpoint& source, std::string_view why, std::string_view terminal) {
  Event event = about(manner_.refused, source, why);
  if (!terminal.empty()) event.add(Field::terminal, terminal);
  write(event);
}

void Records::no_session(const model::Endpoint& source, std::string_view why) {
  write(about(manner_.shunned, source, why));
}

void Records::write(const Event& event) {
  tick();
  if (written_ == manner_.most_in_a_minute) {
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
  if (folded_ != 0) sink_.write(Event(manner_.folded).add(Field::count, folded_));
  folded_ = 0;
}

}  // namespace gw::front
