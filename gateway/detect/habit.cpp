#include "detect/habit.h"

#include <algorithm>

namespace gw::detect {

void Habit::come_to(Day day) {
  if (last_ == 0 || static_cast<std::size_t>(std::max(day, last_) - last_) >= kDaysKept) {
    *this = {};
    first_ = last_ = day;
  }
  if (day == last_ || day + 1 == last_) return;
  const std::size_t over = day > last_ ? day - last_ : 0;
  for (Volumes* const one : {&up_, &down_}) one->pass(over, day);
  first_ = std::min(first_, day);
  last_ = day;
}

bool Habit::is_learnt() const {
  std::size_t active = 0;
  for (std::size_t place = 0; place < kDaysKept; ++place)
    active += up_.was_active(place) || down_.was_active(place) ? 1 : 0;
  return last_ - first_ >= kLearningDays && active >= kLearningActive;
}

Habit::Unlike Habit::used(CivilTime opened, CivilTime closed, std::uint64_t octets_up,
                          std::uint64_t octets_down) {
  come_to(day_of(closed));
  up_.add(octets_up);
  down_.add(octets_down);
  Unlike out;
  if (is_learnt()) {
    out.up = up_.is_unlike(kLeastUp, last_);
    out.down = down_.is_unlike(kLeastDown, last_);
    const bool is_much = octets_up >= kLeastAtAnHour || octets_down >= kLeastAtAnHour;
    out.hour = is_much && hours_.is_unlike(opened);
  }
  hours_.note(opened, closed);
  return out;
}

bool Habit::shows_new(std::string_view fingerprint, CivilTime opened) {
  come_to(day_of(opened));
  return clients_.is_new(fingerprint, last_) && is_learnt();
}

void Habit::accept_volumes() {
  up_.accept(last_);
  down_.accept(last_);
}

}  // namespace gw::detect
