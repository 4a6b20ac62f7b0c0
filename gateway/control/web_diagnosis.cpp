// Finding a fault (DEM-03): the supervisor has the services tried, and administrators see how far they came.

#include <algorithm>

#include "base/json.h"
#include "control/way_to_cloud.h"
#include "control/web_errands.h"

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using Msg = op::Msg;

std::string json_of(const Way& way) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kSteps; ++i)
    out.push_back(JsonObject()
                      .text("step", to_string(static_cast<Step>(i)))
                      .text("standing", to_string(way[i]))
                      .take());
  return json_list(out);
}

std::string json_of(const model::ServiceTrial& trial) {
  JsonObject out;
  out.text("tenant", trial.tenant)
      .text("service", trial.service)
      .text("outcome", to_string(trial.outcome))
      .raw("way", json_of(way_of(trial)));
  if (trial.remote.port != 0) out.text("remote", trial.remote.to_text());
  out.number("dialled_ms", static_cast<std::uint64_t>(trial.dialled.count()))
      .number("handshake_ms", static_cast<std::uint64_t>(trial.handshaken.count()));
  add_text(out, "tls", trial.tls);
  add_text(out, "detail", trial.detail);
  return out.take();
}

Result<WebAnswer> show_finish(const WebAsk&, const WebAround&, const ipc::Frame& said) {
  GW_TRY(auto diagnosis, sealed_in<op::Diagnosis>(said, Msg::diagnosed, op::kMostDiagnosis));
  model::ServiceTrials& all = diagnosis.trials;
  std::ranges::sort(all.trials, {},
                    [](const model::ServiceTrial& one) { return std::tie(one.tenant, one.service); });
  const Way way = way_of(diagnosis);
  JsonObject out;
  add_time(out, "began", CivilTime(all.began));
  add_time(out, "ended", CivilTime(all.ended));
  out.flag("under_way", all.began.count() != 0 && all.ended.count() == 0)
      .text("code", code_of(way))
      .raw("way", json_of(way))
      .raw("faults", json_texts(faults_of(diagnosis.state)))
      .raw("services", json_each(all.trials, [](const auto& trial) { return json_of(trial); }))
      .raw("silent", json_texts(all.silent));
  return WebAnswer{.json = out.take()};
}

}  // namespace

Result<WebAnswer> diagnosis_run(const WebAsk& ask, const WebAround&) {
  return asks(Msg::diagnose, encode(administrator_of(ask)), done);
}

Result<WebAnswer> diagnosis_show(const WebAsk&, const WebAround&) {
  return asks(Msg::diagnosis, {}, show_finish);
}

}  // namespace gw::control::web
