#pragma once

#include <array>

#include "detect/learning.h"

namespace gw::detect {

/// At which hours somebody is at work; those of Sundays are others, and by day those of holidays. One thread.
class Hours {
 public:
  /// Every hour that a session touches, of the last day at most.
  void note(CivilTime opened, CivilTime closed);
  /// Is it an hour that is new today, and that was seen on fewer than kUsualDays days before, with the hour
  /// before it and the one after it?
  bool is_unlike(CivilTime opened) const;
  /// Somebody knows of it: what was seen once is usual.
  void accept();

  template <class Io>
  friend void visit(Io& io, Hours& o) {
    for (Seen& one : o.seen_)
      for (Day& day : one) io.field(day);
  }

 private:
  using Seen = std::array<Day, kUsualDays + 1>;  // on which days last, the newest first; zero: never

  std::array<Seen, 48> seen_{};
};

}  // namespace gw::detect
