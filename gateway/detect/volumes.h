#pragma once

#include <array>
#include <cstdint>

#include "detect/learning.h"

namespace gw::detect {

/// How many octets go one way on each day, as quarters of octaves: a fifth more is another one, and seventy
/// days are seventy octets. One thread.
class Volumes {
 public:
  using Level = std::uint8_t;
  /// Zero of nothing; never zero of something.
  static Level level_of(std::uint64_t octets);
  /// The least that is above this level.
  static std::uint64_t end_of(Level level);

  /// So many days are over, fewer than kDaysKept; `now` is the new one. None: that day begins anew.
  void pass(std::size_t days, Day now);
  void add(std::uint64_t octets);
  /// Is today more than `least`, and kTimesMore than the second busiest of the days before? One bad day is
  /// no measure, two are.
  bool is_unlike(std::uint64_t least, Day today) const;
  std::uint64_t today() const { return today_; }
  /// What is not exceeded usually.
  std::uint64_t usual(Day today) const { return end_of(second(today)); }
  bool was_active(std::size_t place) const { return past_[place] != 0; }
  /// Somebody knows of it: what was seen so far is usual, as long as it is remembered.
  void accept(Day today);

  template <class Io>
  friend void visit(Io& io, Volumes& o) {
    io.field(o.past_);
    io.field(o.today_);
    io.field(o.accepted_);
    io.field(o.accepted_on_);
  }

 private:
  Level second(Day today) const;

  std::array<Level, kDaysKept> past_{};  // by the day, modulo
  std::uint64_t today_ = 0;
  Level accepted_ = 0;
  Day accepted_on_ = 0;
};

}  // namespace gw::detect
