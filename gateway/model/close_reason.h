#pragma once

#include <cstdint>
#include <string_view>

namespace gw::model {

/// Why a session ended or was refused: one closed list for record, metric and help (close_reasons.def).
enum class CloseReason : std::uint8_t {
#define GW_REASON(name, id, sentence) name,
#include "model/close_reasons.def"
#undef GW_REASON
};

/// Stable text id.
std::string_view to_string(CloseReason reason);
std::string_view sentence_of(CloseReason reason);
CloseReason last_close_reason();

}  // namespace gw::model
