#pragma once

#include <span>
#include <string_view>

#include "base/wording.h"
#include "packs/fact.h"

namespace gw::evidence {

/// Findings that are printed in full beneath one title (sheets.def).
struct Sheet {
  std::string_view id{};
  Wording title{};
  std::span<const packs::FactId> facts{};
};
std::span<const Sheet> sheets();

}  // namespace gw::evidence
