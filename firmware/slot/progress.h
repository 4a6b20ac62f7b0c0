#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/update_state.h"
#include "slot/boot_entries.h"
#include "slot/health.h"

namespace gw::slot {

/// How far the last update has come; it outlives a start (a file of the state partition).
struct Progress {
  using Stage = model::UpdateStage;

  Stage stage = Stage::installing;
  Slot slot = Slot::a;    ///< that it was for
  std::string bundle{};   ///< SHA-256 of its file
  std::string because{};  ///< why it was refused or given up, in a line
  Ailments before{};      ///< of the box when it was installed

  /// Nothing more happens to it by itself.
  bool is_over() const { return stage != Stage::installing && stage != Stage::waiting; }
  /// To install it again would lead to nothing new: it is in its slot, or was worse than what the box had.
  bool is_settled() const {
    return stage == Stage::waiting || stage == Stage::kept || stage == Stage::given_up;
  }
};

/// A line each: a word, and behind a blank its value. text.malformed for anything else than what write_text
/// makes.
std::string write_text(const Progress& progress);
Result<Progress> read_text(const std::string& text);

}  // namespace gw::slot
