// Remote maintenance, as those who ask for it and the clinic see it (RMT-01 to RMT-07).

#include "base/json.h"
#include "control/web_handlers.h"

namespace gw::control::web {
namespace {

using maintenance::Draft;
using maintenance::Request;
using maintenance::RequestId;
using maintenance::Step;
using maintenance::Target;
using maintenance::Work;

constexpr std::uint64_t kUsual = 100;

RequestId number_in(const WebAsk& ask) { return RequestId(ask.number(0, 0)); }

Error unsuitable(std::string why) { return {ErrorCode::maintenance_unsuitable, std::move(why)}; }

Result<Work> work_in(std::string_view id, std::string_view where) {
  const auto work = maintenance::parse_work(id);
  if (!work) return unsuitable(std::string(where) + ": there is no work called " + std::string(id));
  return *work;
}

/// "config.apply: the new server"
Result<Step> step_in(std::string_view text) {
  const std::size_t end = text.find(": ");
  GW_TRY(const Work work, work_in(text.substr(0, end), "plan"));
  return Step{work, std::string(end == std::string_view::npos ? std::string_view() : text.substr(end + 2))};
}

/// Where in its operation's row each value of a draft stands.
struct Places {
  std::size_t vendor, device, until, reason, ticket, allowed, plan;
};
constexpr Places kPlanned{0, 1, 3, 4, 5, 6, 7}, kEmergency{0, 1, 2, 3, 4, 5, 6};
constexpr std::size_t kFrom = 2;

Result<Draft> draft_in(const WebAsk& ask, const Places& at) {
  Draft draft;
  draft.vendor = ask.text(at.vendor);
  if (ask.has(at.device)) draft.target = {Target::Place::device, std::string(ask.text(at.device))};
  draft.until = ask.time(at.until);
  draft.reason = ask.text(at.reason);
  draft.ticket = ask.text(at.ticket);
  for (const std::string& id : ask.items(at.allowed)) {
    GW_TRY(const Work work, work_in(id, "allowed"));
    draft.allowed.push_back(work);
  }
  for (const std::string& text : ask.items(at.plan)) {
    GW_TRY(Step step, step_in(text));
    draft.plan.push_back(std::move(step));
  }
  return draft;
}

WebAnswer number_of(RequestId id) { return {.json = JsonObject().number("maintenance", id.number()).take()}; }

std::string allowed_of(const Request& request) {
  std::vector<std::string> out;
  for (const Work work : request.draft.allowed) out.emplace_back(to_string(work));
  return json_texts(out);
}

std::string plan_of(const Request& request) {
  std::vector<std::string> out;
  for (const Step& step : request.draft.plan)
    out.push_back(std::string(to_string(step.work)) + (step.words.empty() ? "" : ": " + step.words));
  return json_texts(out);
}

void add_end(JsonObject& out, const Request& request) {
  add_time(out, "opened", request.opened);
  add_time(out, "ended", request.ended);
  if (request.end != maintenance::End::none) out.text("end", to_string(request.end));
  add_text(out, "ended_by", request.end_by);
  out.number("denied", request.denied);
  add_text(out, "read_by", request.reader);
}

std::string json_of(const Request& request) {
  JsonObject out;
  out.number("maintenance", request.id.number())
      .text("state", to_string(request.state))
      .text("vendor", request.draft.vendor)
      .text("target", request.draft.target.to_text())
      .text("from", time_text(request.draft.from))
      .text("until", time_text(request.draft.until))
      .text("reason", request.draft.reason);
  add_text(out, "ticket", request.draft.ticket);
  out.raw("allowed", allowed_of(request))
      .raw("plan", plan_of(request))
      .text("by", request.requester_name)
      .text("requested", time_text(request.requested))
      .flag("is_emergency", request.is_emergency)
      .flag("is_approved", request.is_approved)
      .flag("is_flagged", request.is_flagged);
  add_text(out, "decided_by", request.decision.name);
  add_time(out, "decided", request.decision.when);
  add_text(out, "words", request.decision.words);
  add_end(out, request);
  return out.take();
}

}  // namespace

Result<WebAnswer> maintenance_list(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto all, around.maintenance.list(ask.actor, ask.number(0, kUsual), ask.told));
  std::vector<std::string> objects;
  for (const Request& request : all) objects.push_back(json_of(request));
  return WebAnswer{.json = JsonObject()
                               .flag("is_off", around.maintenance.is_off())
                               .raw("maintenances", json_list(objects))
                               .take()};
}

Result<WebAnswer> maintenance_show(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto report, around.maintenance.report(ask.actor, number_in(ask), ask.told));
  return WebAnswer{.json = JsonObject()
                               .raw("maintenance", json_list({json_of(report.request)}))
                               .flag("is_as_planned", report.is_as_planned())
                               .text("english", text_of(report, Language::english))
                               .text("japanese", text_of(report, Language::japanese))
                               .take()};
}

Result<WebAnswer> maintenance_request(const WebAsk& ask, const WebAround& around) {
  GW_TRY(Draft draft, draft_in(ask, kPlanned));
  draft.from = ask.time(kFrom);
  GW_TRY(const RequestId id, around.maintenance.request(ask.actor, draft, ask.told));
  return number_of(id);
}

Result<WebAnswer> maintenance_emergency(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const Draft draft, draft_in(ask, kEmergency));
  GW_TRY(const RequestId id, around.maintenance.enter_in_emergency(ask.actor, draft, ask.told));
  return number_of(id);
}

Result<WebAnswer> maintenance_enter(const WebAsk& ask, const WebAround& around) {
  return nothing(around.maintenance.enter(ask.actor, number_in(ask), ask.told));
}

Result<WebAnswer> maintenance_approve(const WebAsk& ask, const WebAround& around) {
  return nothing(around.maintenance.approve(ask.actor, number_in(ask), ask.text(1), ask.told));
}

Result<WebAnswer> maintenance_refuse(const WebAsk& ask, const WebAround& around) {
  return nothing(around.maintenance.refuse(ask.actor, number_in(ask), ask.text(1), ask.told));
}

Result<WebAnswer> maintenance_end(const WebAsk& ask, const WebAround& around) {
  return nothing(around.maintenance.end(ask.actor, number_in(ask), ask.told));
}

Result<WebAnswer> maintenance_acknowledge(const WebAsk& ask, const WebAround& around) {
  return nothing(around.maintenance.acknowledge(ask.actor, number_in(ask), ask.told));
}

Result<WebAnswer> maintenance_stop(const WebAsk& ask, const WebAround& around) {
  return nothing(around.maintenance.stop_all(ask.actor, ask.told));
}

Result<WebAnswer> maintenance_switch_on(const WebAsk& ask, const WebAround& around) {
  return nothing(around.maintenance.switch_on(ask.actor, ask.told));
}

}  // namespace gw::control::web
