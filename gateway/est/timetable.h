#pragma once

#include <chrono>
#include <optional>

#include "model/configuration.h"
#include "pki/certificate.h"
#include "pki/handles.h"
#include "pki/life.h"

namespace gw::est {

// When an identity is renewed, and what is said of one that is not. Pure: the time is given. Nothing is
// remembered between two runs, so whatever is spread is spread by the certificate itself.

/// A number that boxes differ in, and one box keeps.
using Spread = std::uint32_t;
Spread spread_of(const X509* certificate);
/// Of the certificate with that fingerprint.
Spread spread_of(const pki::Sha256& fingerprint);

/// When it is time for the next one: when two thirds of its life are over, and up to a 24th of it later, so
/// that certificates made on one day are not renewed in one hour (CRT-03).
model::CivilSeconds due_at(const pki::Life& life, Spread spread);

/// How an identity stands.
enum class Standing : std::uint8_t {
  good,     ///< nothing to do before due_at()
  due,      ///< time for the next one; this one still counts
  expired,  ///< nobody believes it any more
};
Standing standing_of(const pki::Life& life, Spread spread, model::CivilSeconds now);

/// How long nothing is tried after something went wrong: a 40th of what is left, between five minutes and
/// twelve hours, so that the pauses are long while there is time and short at the end; after the end, and for
/// an identity that has no certificate yet, a quarter of an hour. Up to a quarter of it is added by `spread`.
std::chrono::seconds pause_after_failure(const std::optional<pki::Life>& life, Spread spread,
                                         model::CivilSeconds now);
/// After "later": what the server said, a minute at least; the pause after a failure if it said nothing.
std::chrono::seconds pause_when_put_off(std::optional<std::chrono::seconds> said,
                                        std::chrono::seconds otherwise);

}  // namespace gw::est
