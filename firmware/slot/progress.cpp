#include "slot/progress.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/lines.h"

namespace gw::slot {
namespace {

using Stage = Progress::Stage;

constexpr std::array<std::pair<Stage, std::string_view>, 7> kWords{{{Stage::installing, "installing"},
                                                                    {Stage::refused, "refused"},
                                                                    {Stage::interrupted, "interrupted"},
                                                                    {Stage::waiting, "waiting"},
                                                                    {Stage::kept, "kept"},
                                                                    {Stage::given_up, "given-up"},
                                                                    {Stage::lost, "lost"}}};

Error malformed(const char* what) {
  return {ErrorCode::text_malformed, std::string("an update's progress has ") + what};
}

/// A line of a text is a line here as well.
std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

std::string_view word_of(Stage stage) {
  return std::ranges::find(kWords, stage, &std::pair<Stage, std::string_view>::first)->second;
}

std::string write_text(const Progress& progress) {
  std::string out = "stage " + std::string(word_of(progress.stage)) + "\nslot " +
                    static_cast<char>(progress.slot) + "\nbundle " + progress.bundle + "\nbecause " +
                    one_line(progress.because) + "\n";
  for (const std::string& ailment : progress.before) out += "before " + one_line(ailment) + "\n";
  return out;
}

Result<Progress> read_text(const std::string& text) {
  Lines lines(text);
  const auto stage = lines.take("stage "), slot = lines.take("slot "), bundle = lines.take("bundle "),
             because = lines.take("because ");
  if (!stage || !slot || !bundle || !because) return malformed("not the lines that it should have");
  const auto known = std::ranges::find(kWords, *stage, &std::pair<Stage, std::string_view>::second);
  const auto named = slot_named(*slot);
  if (known == kWords.end() || !named) return malformed("a stage or slot that nobody knows");
  Progress out{known->first, *named, std::string(*bundle), std::string(*because), {}};
  while (const auto ailment = lines.take("before ")) out.before.emplace(*ailment);
  if (!lines.is_at_end()) return malformed("a line too many");
  return out;
}

}  // namespace gw::slot
