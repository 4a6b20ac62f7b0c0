#include "model/board_state.h"

#include <array>

namespace gw::model {
namespace {

constexpr std::array<std::string_view, 3> kKinds{"temperature", "fan", "disk_wear"};
constexpr std::array<const char*, 3> kUnits{" C", " rpm", " %"};

}  // namespace

std::string_view to_string(BoardReading::Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::string to_text(const BoardReading& reading) {
  return reading.name + " " + std::to_string(reading.value) + kUnits[static_cast<std::size_t>(reading.kind)];
}

}  // namespace gw::model
