#pragma once

#include <cstdint>
#include <string_view>

namespace gw::model {

/// What the box saw on a segment that speaks for a second path: one closed list for record, advice and policy
/// (findings.def).
enum class Finding : std::uint8_t {
#define GW_FINDING(name, id, consequence, advice) name,
#include "model/findings.def"
#undef GW_FINDING
};

/// What may follow from it.
enum class Consequence : std::uint8_t {
  alarm,    ///< a record
  refusal,  ///< and, where the segment says so, the device's addresses are cut off
};

/// Stable text id.
std::string_view to_string(Finding finding);
Consequence consequence_of(Finding finding);
/// The sentence for whoever stands in the clinic.
std::string_view advice_of(Finding finding);
Finding last_finding();

}  // namespace gw::model
