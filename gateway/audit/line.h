#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "model/record.h"
#include "pki/certificate.h"

namespace gw::audit {

using model::ClockState;
using model::Record;

/// What a record is chained to: the link of the one before it. Zeros in front of the first.
using Link = pki::Sha256;

/// SHA-256 over the link before and the record's line.
Link link_of(const Link& before, std::string_view line);

/// The record as it is kept: one JSON object without a line's end, with its number, and its time as Japan has
/// it (TIM-01). These octets are what is chained.
std::string line_of(std::uint64_t number, const Record& record);

/// RFC 3339 with +09:00 and microseconds.
std::string to_jst(CivilTime time);

}  // namespace gw::audit
