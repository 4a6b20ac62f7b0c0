#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::setup {

/// A step of setting the box up (steps.def).
enum class Step : std::uint8_t {
#define GW_STEP(name, id, done) name,
#include "setup/steps.def"
#undef GW_STEP
};
inline constexpr std::size_t kSteps = 0
#define GW_STEP(name, id, done) +1
#include "setup/steps.def"
#undef GW_STEP
    ;

/// What makes a step done.
enum class DoneBy : std::uint8_t { stated, found, reported };

/// Stable text id.
std::string_view to_string(Step step);
std::optional<Step> parse_step(std::string_view id);
DoneBy done_by(Step step);

/// What of the running box stands in the way of each step: stable ids, and behind a colon whom they are
/// about.
class Findings {
 public:
  std::vector<std::string>& operator[](Step step) { return all_[static_cast<std::size_t>(step)]; }
  const std::vector<std::string>& operator[](Step step) const { return all_[static_cast<std::size_t>(step)]; }

 private:
  std::array<std::vector<std::string>, kSteps> all_{};
};

}  // namespace gw::setup
