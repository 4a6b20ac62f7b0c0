// Which side is broken (DEM-03): by what the box has measured, what it is made of, and what it does not know.

#include "base/json.h"
#include "control/fault_look.h"

namespace gw::control::web {
namespace {

std::string json_of(const Observation& seen) {
  JsonObject out;
  out.text("observation", to_string(seen.id)).text("standing", to_string(seen.standing));
  add_text(out, "about", seen.about);
  add_text(out, "detail", seen.detail);
  return out.take();
}

std::string json_of(const FaultVerdict::Reason& reason) {
  JsonObject out;
  out.text("observation", to_string(reason.seen.id));
  add_text(out, "about", reason.seen.about);
  add_text(out, "detail", reason.seen.detail);
  return out.raw("sides", json_texts(reason.sides.to_texts())).take();
}

std::string sides_json(const FaultVerdict& verdict) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kSides; ++i)
    out.push_back(JsonObject()
                      .text("side", to_string(static_cast<Side>(i)))
                      .text("standing", to_string(verdict.sides[i]))
                      .take());
  return json_list(out);
}

Result<WebAnswer> judge(const WebAsk&, const WebAround& around, const BoxSight& sight) {
  const CivilTime now = around.clock.civil_now();
  GW_TRY(const FaultLook look, look_for_faults(sight.diagnosis, sight.network, sight.certificates,
                                               around.reviews.rules().rules(), around.store, now));
  const model::ServiceTrials& trials = sight.diagnosis.trials;
  JsonObject out;
  out.text("at", time_text(now)).text("state", to_string(look.verdict.state));
  add_time(out, "tried_at", CivilTime(trials.ended));
  out.flag("under_way", trials.began.count() != 0 && trials.ended.count() == 0)
      .raw("sides", sides_json(look.verdict))
      .raw("reasons", json_each(look.verdict.reasons, [](const auto& one) { return json_of(one); }))
      .raw("observations", json_each(look.observations, [](const auto& one) { return json_of(one); }));
  return WebAnswer{.json = out.take()};
}

}  // namespace

Result<WebAnswer> diagnosis_verdict(const WebAsk&, const WebAround&) { return looks<judge>(); }

}  // namespace gw::control::web
