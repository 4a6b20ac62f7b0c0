#include "slot/progress.h"

#include "base/lines.h"

namespace gw::slot {
namespace {

Error malformed(const char* what) {
  return {ErrorCode::text_malformed, std::string("an update's progress has ") + what};
}

}  // namespace

std::string write_text(const Progress& progress) {
  std::string out = "stage " + std::string(model::word_of(progress.stage)) + "\nslot " +
                    static_cast<char>(progress.slot) + "\nbundle " + progress.bundle + "\nbecause " +
                    model::in_one_line(progress.because) + "\n";
  for (const std::string& ailment : progress.before) out += "before " + model::in_one_line(ailment) + "\n";
  return out;
}

Result<Progress> read_text(const std::string& text) {
  Lines lines(text);
  const auto stage = lines.take("stage "), slot = lines.take("slot "), bundle = lines.take("bundle "),
             because = lines.take("because ");
  if (!stage || !slot || !bundle || !because) return malformed("not the lines that it should have");
  const auto known = model::update_stage_named(*stage);
  const auto named = slot_named(*slot);
  if (!known || !named) return malformed("a stage or slot that nobody knows");
  Progress out{*known, *named, std::string(*bundle), std::string(*because), {}};
  while (const auto ailment = lines.take("before ")) out.before.emplace(*ailment);
  if (!lines.is_at_end()) return malformed("a line too many");
  return out;
}

}  // namespace gw::slot
