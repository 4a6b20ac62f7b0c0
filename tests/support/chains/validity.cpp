// When a certificate counts, and how that is written down.

#include "support/chains/chain_case.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using C = ChainDraft&;

constexpr const char* kEncoding = "RFC 5280 4.1.2.5.1";
constexpr const char* kGeneralized = "RFC 5280 4.1.2.5.2";

constexpr ChainCase kRows[] = {
    {"a_good_chain", "RFC 5280 6.1", [](C) {}, kBelieved},
    {"a_leaf_that_has_ended", "RFC 5280 6.1.3 (a)(2)", [](C c) { c.leaf().not_after = "261122115959Z"; },
     kExpired},
    // The last second belongs to the period; libcrypto leaves it out, which errs on the closed side.
    {"a_leaf_in_its_last_second", "RFC 5280 4.1.2.5", [](C c) { c.leaf().not_after = "261122120000Z"; },
     kExpired},
    {"a_leaf_in_its_first_second", "RFC 5280 4.1.2.5", [](C c) { c.leaf().not_before = "261122120000Z"; },
     kBelieved},
    {"a_leaf_that_begins_in_a_second", "RFC 5280 6.1.3 (a)(2)",
     [](C c) { c.leaf().not_before = "261122120001Z"; }, kEarly},
    {"an_issuing_authority_that_has_ended", "RFC 5280 6.1.3 (a)(2)",
     [](C c) { c.issuing().not_after = "260601000000Z"; }, kExpired},
    {"an_issuing_authority_that_begins_later", "RFC 5280 6.1.3 (a)(2)",
     [](C c) { c.issuing().not_before = "261201000000Z"; }, kEarly},
    // RFC 5280 6.1 leaves an anchor's own dates open; a box that forgets them would trust a root for ever.
    {"an_anchor_that_has_ended", "RFC 5280 6.1", [](C c) { c.root().not_after = "260601000000Z"; }, kExpired},
    {"an_anchor_that_begins_later", "RFC 5280 6.1", [](C c) { c.root().not_before = "261201000000Z"; },
     kEarly},
    {"a_period_that_ends_before_it_begins", "RFC 5280 4.1.2.5",
     [](C c) { c.leaf().not_before = "260601000000Z", c.leaf().not_after = "260101000000Z"; }, kExpired},
    {"a_utc_time_without_seconds", kEncoding, [](C c) { c.leaf().not_before = "2601010000Z"; }, kMalformed},
    {"a_utc_time_without_its_z", kEncoding, [](C c) { c.leaf().not_before = "260101000000"; }, kMalformed},
    {"a_utc_time_with_a_small_z", kEncoding, [](C c) { c.leaf().not_before = "260101000000z"; }, kMalformed},
    {"a_utc_time_of_another_zone", kEncoding, [](C c) { c.leaf().not_before = "U:260101090000+0900"; },
     kMalformed},
    {"a_utc_time_with_fractions", kEncoding, [](C c) { c.leaf().not_before = "U:260101000000.0Z"; },
     kMalformed},
    {"a_utc_time_of_letters", kEncoding, [](C c) { c.leaf().not_before = "2601010000zzZ"; }, kMalformed},
    {"a_utc_time_of_nothing", kEncoding, [](C c) { c.leaf().not_after = "U:"; }, kMalformed},
    {"a_thirteenth_month", kEncoding, [](C c) { c.leaf().not_after = "271301000000Z"; }, kMalformed},
    {"a_thirtieth_of_february", kEncoding, [](C c) { c.leaf().not_after = "270230000000Z"; }, kMalformed},
    {"a_twenty_fifth_hour", kEncoding, [](C c) { c.leaf().not_after = "270101240000Z"; }, kMalformed},
    {"a_sixty_first_second", kEncoding, [](C c) { c.leaf().not_after = "270101000060Z"; }, kMalformed},
    {"an_authority_s_utc_time_without_seconds", kEncoding, [](C c) { c.issuing().not_after = "2701010000Z"; },
     kMalformed},
    {"the_year_fifty_of_a_utc_time_is_1950", kEncoding, [](C c) { c.leaf().not_after = "500101000000Z"; },
     kExpired},
    {"a_utc_time_of_2049", "RFC 5280 4.1.2.5", [](C c) { c.leaf().not_after = "491231235959Z"; }, kBelieved},
    {"a_generalized_time_of_2049", "RFC 5280 4.1.2.5", [](C c) { c.leaf().not_after = "20491231235959Z"; },
     kMalformed, Alone::believes},
    {"a_generalized_time_of_2026", "RFC 5280 4.1.2.5", [](C c) { c.leaf().not_before = "20260101000000Z"; },
     kMalformed, Alone::believes},
    {"an_authority_s_generalized_time_of_2026", "RFC 5280 4.1.2.5",
     [](C c) { c.issuing().not_before = "20260101000000Z"; }, kMalformed, Alone::believes},
    // An anchor is a name and a key that the operator chose (RFC 5280 6.1.1 (d)); how its dates are written
    // says nothing about either, and old roots do write them so.
    {"an_anchor_s_generalized_time_of_2026", "RFC 5280 6.1.1 (d)",
     [](C c) { c.root().not_before = "20260101000000Z"; }, kBelieved},
    {"a_generalized_time_of_2050", "RFC 5280 4.1.2.5", [](C c) { c.leaf().not_after = "20500101000000Z"; },
     kBelieved},
    {"no_end_that_anybody_knows", "RFC 5280 4.1.2.5", [](C c) { c.leaf().not_after = "99991231235959Z"; },
     kBelieved},
    {"a_generalized_time_without_seconds", kGeneralized, [](C c) { c.leaf().not_after = "G:205001010000Z"; },
     kMalformed},
    {"a_generalized_time_with_fractions", kGeneralized, [](C c) { c.leaf().not_after = "20500101000000.5Z"; },
     kMalformed},
    {"a_generalized_time_of_another_zone", kGeneralized,
     [](C c) { c.leaf().not_after = "20500101000000+0900"; }, kMalformed},
    {"a_generalized_time_of_local_clocks", kGeneralized, [](C c) { c.leaf().not_after = "G:20500101000000"; },
     kMalformed},
    {"a_clock_beyond_2050", "RFC 5280 4.1.2.5",
     [](C c) {
       c.now = "20520101000000Z";
       c.leaf().not_after = c.issuing().not_after = c.root().not_after = "20550101000000Z";
     },
     kBelieved},
    {"a_leaf_of_2049_on_a_clock_beyond_it", "RFC 5280 4.1.2.5",
     [](C c) {
       c.now = "20500101000000Z";
       c.issuing().not_after = c.root().not_after = "20550101000000Z";
       c.leaf().not_after = "491231235959Z";
     },
     kExpired},
};

}  // namespace

std::span<const ChainCase> validity() { return kRows; }

}  // namespace gw::support::chains
