#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "model/daily_window.h"
#include "model/layout.h"

namespace gw::model {

/// How far the last update of the box's image came (UPD-01, decisions/0061).
enum class UpdateStage : std::uint8_t {
  installing,   ///< the other slot is being written
  refused,      ///< the bundle was not taken; the other slot may be half written and is not started
  interrupted,  ///< the box stopped while it was written: the same
  waiting,      ///< written; the next start tries it
  kept,         ///< it was well, and is what the box starts
  given_up,     ///< it ran and was worse than before
  lost,         ///< its one start did not come to an end that anybody saw
};

std::string_view word_of(UpdateStage stage);
std::optional<UpdateStage> update_stage_named(std::string_view word);

inline constexpr std::size_t kMostImageVersion = 64;  ///< octets
inline constexpr std::size_t kMostBundleDigest = 64;  ///< likewise

/// Which image the box runs, and what became of the last one that was to take its place.
struct UpdateState {
  struct Last {
    UpdateStage stage = UpdateStage::installing;
    std::string slot{};     ///< "a" or "b": that it was for
    std::string because{};  ///< why it was refused or given up, in a line
    std::string bundle{};   ///< SHA-256 of the bundle's file, in hex; empty: not told
  };

  std::string version{};  ///< of the image; empty: the box runs from no image of ours
  std::string slot{};     ///< "a" or "b"
  bool is_on_trial = false;
  std::optional<Last> last{};
  std::optional<DailyWindow> window{};  ///< of the site, in which an image that waits is tried by itself
  bool is_fallback = false;  ///< the firmware's first choice is the other slot, which did not come up

  bool is_appliance() const { return !version.empty(); }
  /// The next start tries a new image.
  bool is_waiting() const { return last && last->stage == UpdateStage::waiting && !is_on_trial; }
  /// It runs, and nothing is undecided about it.
  bool runs_for_good(const std::string& release) const { return version == release && !is_on_trial; }
};

/// It came to nothing for good: nobody has to see it through, as a start anew does with an interrupted one.
bool has_failed(UpdateStage stage);

/// As sekisho-slot leaves it for the supervisor, who adds the window: a line each, a word and behind a blank
/// its value.
std::string to_text(const UpdateState& state);
/// text.malformed for anything that to_text does not make.
Result<UpdateState> read_update_state(const std::string& text);
/// A line of a text that may have several and be of any length: at most kForeignTextLimit octets.
std::string in_one_line(std::string text);

template <class Io>
void visit(Io& io, UpdateState::Last& l) {
  io.choice(l.stage, UpdateStage::lost);
  io.text(l.slot, 1);
  io.text(l.because, kForeignTextLimit);
  io.text(l.bundle, kMostBundleDigest);
}
template <class Io>
void visit(Io& io, UpdateState& s) {
  io.text(s.version, kMostImageVersion);
  io.text(s.slot, 1);
  io.field(s.is_on_trial);
  io.maybe(s.last);
  io.maybe(s.window);
  io.field(s.is_fallback);
}

}  // namespace gw::model
