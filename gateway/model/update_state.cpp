#include "model/update_state.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/lines.h"
#include "model/cut.h"

namespace gw::model {
namespace {

using Row = std::pair<UpdateStage, std::string_view>;

constexpr std::array<Row, 7> kWords{{{UpdateStage::installing, "installing"},
                                     {UpdateStage::refused, "refused"},
                                     {UpdateStage::interrupted, "interrupted"},
                                     {UpdateStage::waiting, "waiting"},
                                     {UpdateStage::kept, "kept"},
                                     {UpdateStage::given_up, "given_up"},
                                     {UpdateStage::lost, "lost"}}};

constexpr std::string_view kFallback = "fallback";

Error malformed() { return {ErrorCode::text_malformed, "which image runs is not told as it should be"}; }

bool is_slot(std::string_view text) { return text == "a" || text == "b"; }

}  // namespace

std::string_view word_of(UpdateStage stage) { return std::ranges::find(kWords, stage, &Row::first)->second; }

std::optional<UpdateStage> update_stage_named(std::string_view word) {
  const auto found = std::ranges::find(kWords, word, &Row::second);
  return found == kWords.end() ? std::nullopt : std::optional(found->first);
}

bool has_failed(UpdateStage stage) {
  return stage == UpdateStage::refused || stage == UpdateStage::given_up || stage == UpdateStage::lost;
}

std::string in_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  text.resize(std::min(text.size(), kForeignTextLimit));
  return text;
}

std::string to_text(const UpdateState& state) {
  std::string out = "version " + state.version + "\nslot " + state.slot + "\ntrial " +
                    (state.is_on_trial ? "yes" : "no") + "\n" +
                    (state.is_fallback ? std::string(kFallback) + "\n" : "");
  if (state.last)
    out += "stage " + std::string(word_of(state.last->stage)) + "\nof " + state.last->slot + "\nbecause " +
           in_one_line(state.last->because) + "\n" +
           (state.last->bundle.empty() ? "" : "bundle " + state.last->bundle + "\n");
  return out;
}

Result<UpdateState> read_update_state(const std::string& text) {
  Lines lines(text);
  const auto version = lines.take("version "), slot = lines.take("slot "), trial = lines.take("trial ");
  if (!version || version->empty() || version->size() > kMostImageVersion || !slot || !is_slot(*slot) ||
      !trial)
    return malformed();
  UpdateState out{std::string(*version), std::string(*slot), *trial == "yes", {}};
  out.is_fallback = lines.take(kFallback).has_value();
  if (lines.is_at_end()) return out;
  const auto word = lines.take("stage "), of = lines.take("of "), because = lines.take("because ");
  const auto stage = word ? update_stage_named(*word) : std::nullopt;
  const auto bundle = lines.is_at_end() ? std::string_view() : lines.take("bundle ").value_or("?");
  if (!stage || !of || !is_slot(*of) || !because || because->size() > kForeignTextLimit || !lines.is_at_end())
    return malformed();
  if (!bundle.empty() && !is_fingerprint(std::string(bundle))) return malformed();
  out.last = UpdateState::Last{*stage, std::string(*of), std::string(*because), std::string(bundle)};
  return out;
}

}  // namespace gw::model
