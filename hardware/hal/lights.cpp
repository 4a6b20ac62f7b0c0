#include "hal/lights.h"

namespace gw::hal {
namespace {

constexpr LightRow kRows[] = {
#define GW_LIGHT(name, status, attention, ja, do_ja, en, do_en) {LightState::name, #name, status, attention},
#include "hal/lights.def"
#undef GW_LIGHT
};
constexpr bool are_whole() {
  for (const LightRow& row : kRows)
    if (row.status.size() != kParts || row.attention.size() != kParts) return false;
  return true;
}
static_assert(are_whole(), "every pattern of lights.def fills its two seconds");

LightState light_of(model::BoxCondition condition) {
  switch (condition) {
    case model::BoxCondition::starting:
      return LightState::starting;
    case model::BoxCondition::serving:
      return LightState::serving;
    case model::BoxCondition::cloud_unreachable:
      return LightState::unreachable;
    case model::BoxCondition::needs_attention:
      return LightState::attention;
    case model::BoxCondition::on_trial:
      return LightState::trial;
  }
  return LightState::attention;
}

}  // namespace

std::span<const LightRow> light_rows() { return kRows; }

Lit lit_at(LightState state, std::chrono::milliseconds moment) {
  const LightRow& row = kRows[static_cast<std::size_t>(state)];
  const auto part = static_cast<std::size_t>(moment / kPart) % kParts;
  return {row.status[part] == '#', row.attention[part] == '#'};
}

LightState light_for(const Signs& signs) {
  if (signs.button) return *signs.button;
  if (!signs.said) return signs.now < kToStart ? LightState::starting : LightState::attention;
  if (signs.now - signs.said->at > kSilence) return LightState::attention;
  const LightState said = light_of(signs.said->condition);
  const bool is_news = said == LightState::serving || said == LightState::unreachable;
  return is_news && !signs.is_board_well ? LightState::attention : said;
}

}  // namespace gw::hal
