#include "est/timetable.h"

#include <algorithm>

#include "pki/certificate.h"

namespace gw::est {
namespace {

using model::CivilSeconds;
using std::chrono::seconds;

constexpr int kSpreadOver = 24;  // parts of a life
constexpr int kPausesLeft = 40;
constexpr seconds kShortest{300}, kLongest{12 * 3'600}, kWithout{900}, kLeastWait{60};

/// Of a span, by a number: from nothing to all of it.
seconds part_of(seconds span, Spread spread) {
  return span.count() <= 0 ? seconds(0) : seconds(spread % span.count());
}

}  // namespace

Spread spread_of(const X509* certificate) { return spread_of(pki::fingerprint_of(certificate)); }
Spread spread_of(const pki::Sha256& print) {
  return static_cast<Spread>(print[0]) << 24 | static_cast<Spread>(print[1]) << 16 |
         static_cast<Spread>(print[2]) << 8 | print[3];
}

CivilSeconds due_at(const pki::Life& life, Spread spread) {
  const CivilSeconds whole = life.ends - life.begins;
  // Rounded up, as Life::is_due() has it.
  return life.begins + (2 * whole + seconds(2)) / 3 + part_of(whole / kSpreadOver, spread);
}

Standing standing_of(const pki::Life& life, Spread spread, CivilSeconds now) {
  if (life.has_ended(now)) return Standing::expired;
  return now >= due_at(life, spread) ? Standing::due : Standing::good;
}

seconds pause_after_failure(const std::optional<pki::Life>& life, Spread spread, CivilSeconds now) {
  seconds pause = kWithout;
  if (life && !life->has_ended(now))
    pause = std::clamp<seconds>((life->ends - now) / kPausesLeft, kShortest, kLongest);
  return pause + part_of(pause / 4, spread);
}

seconds pause_when_put_off(std::optional<seconds> said, seconds otherwise) {
  return std::max(said.value_or(otherwise), kLeastWait);
}

}  // namespace gw::est
