// Finding a fault (DEM-03): the supervisor has the services tried, and administrators see how far they came
// and what the endpoints offer (NET-06).

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
      .number("resolved_ms", static_cast<std::uint64_t>(trial.resolved.count()))
      .number("handshake_ms", static_cast<std::uint64_t>(trial.handshaken.count()));
  add_text(out, "tls", trial.tls);
  add_text(out, "detail", trial.detail);
  return out.take();
}

std::string json_of(model::Probe probe, const model::Probed& probed) {
  return JsonObject()
      .text("probe", to_string(probe))
      .text("answer", to_string(probed.answer))
      .text("detail", probed.words)
      .take();
}

std::string json_of(const model::EndpointGrade& grade) {
  std::vector<std::string> probes, remarks;
  for (std::size_t i = 0; i < model::kProbes; ++i)
    probes.push_back(json_of(static_cast<model::Probe>(i), grade.probes[i]));
  for (const model::EndpointRemark remark : remarks_on(grade)) remarks.emplace_back(to_string(remark));
  JsonObject out;
  out.text("tenant", grade.tenant).text("service", grade.service);
  add_time(out, "graded", CivilTime(grade.at));
  out.raw("probes", json_list(probes))
      .text("client_certificate", to_string(grade.client_certificate))
      .text("stapled", to_string(grade.stapled))
      .text("resumption", to_string(grade.resumption));
  if (const auto& shown = grade.certificate) {
    out.text("subject", shown->subject).text("issuer", shown->issuer).text("key", shown->key);
    add_time(out, "until", CivilTime(shown->ends));
    out.number("chain", shown->chain);
  }
  return out.raw("remarks", json_texts(remarks)).take();
}

/// By tenant and service.
template <class T>
void sort_by_service(std::vector<T>& all) {
  std::ranges::sort(all, {}, [](const T& one) { return std::tie(one.tenant, one.service); });
}

Result<WebAnswer> show_finish(const WebAsk&, const WebAround&, const ipc::Frame& said) {
  GW_TRY(auto diagnosis, sealed_in<op::Diagnosis>(said, Msg::diagnosed, op::kMostDiagnosis));
  model::ServiceTrials& all = diagnosis.trials;
  sort_by_service(all.trials);
  sort_by_service(all.endpoints);
  const Way way = way_of(diagnosis);
  JsonObject out;
  add_time(out, "began", CivilTime(all.began));
  add_time(out, "ended", CivilTime(all.ended));
  out.flag("under_way", all.began.count() != 0 && all.ended.count() == 0);
  add_text(out, "by", all.by);
  out.text("code", code_of(way))
      .raw("way", json_of(way))
      .raw("faults", json_texts(faults_of(diagnosis.state)))
      .raw("services", json_each(all.trials, [](const auto& trial) { return json_of(trial); }))
      .raw("silent", json_texts(all.silent))
      .raw("endpoints", json_each(all.endpoints, [](const auto& grade) { return json_of(grade); }));
  return WebAnswer{.json = out.take()};
}

}  // namespace

Result<WebAnswer> diagnosis_run(const WebAsk& ask, const WebAround&) {
  return asks(Msg::diagnose, encode(administrator_of(ask)), done);
}

Result<WebAnswer> diagnosis_stop(const WebAsk& ask, const WebAround&) {
  return asks(Msg::stop_diagnosis, encode(administrator_of(ask)), done);
}

Result<WebAnswer> diagnosis_show(const WebAsk&, const WebAround&) {
  return asks(Msg::diagnosis, {}, show_finish);
}

}  // namespace gw::control::web
