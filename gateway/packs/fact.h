#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/wording.h"

// The rows of facts.def and controls.def.

namespace gw::packs {

/// Something that the box knows of itself. Its values are taken elsewhere.
enum class FactId : std::uint8_t {
#define GW_PACK_FACT(id, name, control, japanese, english) id,
#include "packs/facts.def"
#undef GW_PACK_FACT
};

struct Fact {
  FactId id{};
  std::string_view name{};     ///< "tls.versions"
  std::string_view control{};  ///< that it shows
  Wording label{};
};

/// All of them, in the order of FactId.
std::span<const Fact> facts();
const Fact& fact(FactId id);
/// By its name; nullptr if there is none.
const Fact* find_fact(std::string_view name);

/// Whether the catalogue has such a control, written as there: a family, a hyphen and two digits.
bool is_control(std::string_view id);

}  // namespace gw::packs
