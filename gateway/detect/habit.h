#pragma once

#include <string_view>

#include "detect/clients.h"
#include "detect/hours.h"
#include "detect/volumes.h"

namespace gw::detect {

/// What one terminal does with one service (IDS-01). One thread.
class Habit {
 public:
  /// What is unlike it.
  struct Unlike {
    bool up = false, down = false, hour = false;
  };

  /// A session has ended. Nothing is unlike while it is learnt.
  Unlike used(CivilTime opened, CivilTime closed, std::uint64_t octets_up, std::uint64_t octets_down);
  /// A session was opened; is its client a new one? None is while it is learnt.
  bool shows_new(std::string_view fingerprint, CivilTime opened);
  /// Somebody knows of what was told, and it is usual.
  void accept_volumes();
  void accept_hours() { hours_.accept(); }

  const Volumes& up() const { return up_; }
  const Volumes& down() const { return down_; }
  Day last() const { return last_; }

  template <class Io>
  friend void visit(Io& io, Habit& o) {
    io.field(o.first_);
    io.field(o.last_);
    io.field(o.up_);
    io.field(o.down_);
    io.field(o.hours_);
    io.field(o.clients_);
  }

 private:
  /// The day before counts as the one that is now: records of a midnight are not quite in their order. An
  /// earlier one begins anew: the clock was set back.
  void come_to(Day day);
  bool is_learnt() const;

  Day first_ = 0, last_ = 0;
  Volumes up_{}, down_{};
  Hours hours_{};
  Clients clients_{};
};

}  // namespace gw::detect
