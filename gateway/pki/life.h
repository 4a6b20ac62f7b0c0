#pragma once

#include <optional>

#include "model/configuration.h"
#include "pki/handles.h"

namespace gw::pki {

/// A certificate's time, and how much of it is left (CRT-03, CRT-05).
struct Life {
  model::CivilSeconds begins{0};
  model::CivilSeconds ends{0};

  static Life of(const X509* certificate);

  bool has_begun(model::CivilSeconds now) const { return now >= begins; }
  bool has_ended(model::CivilSeconds now) const { return now >= ends; }
  /// Whole days until it ends; 0 on the last one and afterwards.
  long days_left(model::CivilSeconds now) const;
  long days() const { return (ends - begins).count() / 86'400; }
  /// Of its whole life, 0 to 100.
  long percent_left(model::CivilSeconds now) const;
  /// Two thirds are over: time for the next one (CRT-03).
  bool is_due(model::CivilSeconds now) const;
  /// The alarm step that has been reached: 60, 30, 14, 7 or 1 days (CRT-05); 0 once it has ended.
  std::optional<long> step(model::CivilSeconds now) const;
};

/// How near its end a certificate is: the step of days that it has reached (60, 30, 14, 7, 1; 0 once it has
/// ended), if so small a part of its life is left as well that the step means something: 33, 20, 10, 5, 1 per
/// cent. For certificates of a year and more the days decide, for shorter ones the part (CRT-05).
struct Alarm {
  long step = 0;
  long days_left = 0;
  long percent_left = 0;
};
std::optional<Alarm> alarm_of(const pki::Life& life, model::CivilSeconds now);

}  // namespace gw::pki
