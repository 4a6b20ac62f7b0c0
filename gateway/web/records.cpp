#include "web/records.h"

namespace gw::web {
namespace {

Event about(EventId id, const model::Endpoint& source, std::string_view why) {
  return Event(id).add(Field::source, source.address.to_text()).add(Field::detail, why);
}

}  // namespace

void Records::refused(const model::Endpoint& source, std::string_view why) {
  write(about(EventId::web_refused, source, why));
}

void Records::no_session(const model::Endpoint& source, std::string_view why) {
  write(about(EventId::web_shunned, source, why));
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
  if (folded_ != 0) sink_.write(Event(EventId::web_folded).add(Field::count, folded_));
  folded_ = 0;
}

}  // namespace gw::web
