#include "control/web_desk.h"

#include "base/codec.h"
#include "control/web_handlers.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

namespace msg = ipc::web;
using accounts::Actor;
using accounts::Told;
using accounts::Visitor;

// Who answers what, in the order of api/operations.def.
constexpr struct {
  api::OperationId id;
  WebHandler answer;
} kHandlers[] = {
#define GW_API(name, id, method, path, access, answer, status, repeats, summary) \
  {api::OperationId::name, &web::name},
#define GW_API_TAKES(operation, name, place, type, low, high, need)
#include "api/operations.def"
#undef GW_API
#undef GW_API_TAKES
};

Visitor visitor_of(const msg::Ask& asked) {
  return {asked.is_own_port ? accounts::Door::local : accounts::Door::web, asked.source, asked.certificate};
}

/// Who it is (ADM-05), and that it was his page that asked. Nobody where anyone may ask.
Result<Actor> identify(const api::Operation& row, const msg::Ask& asked, const Visitor& visitor,
                       accounts::Accounts& accounts, Told& told) {
  if (row.access.kind == api::Access::Kind::anyone) return Actor{};
  const auto presence = asked.is_watching ? accounts::Presence::page : accounts::Presence::himself;
  GW_TRY(Actor actor, accounts.authenticate(asked.token, visitor, told, presence));
  if (row.method != api::Method::GET && !accounts.is_csrf_of(asked.token, asked.csrf))
    return Error{ErrorCode::web_csrf};
  return actor;
}

/// By his role. Where an act needs more than the role, the act refuses (ADM-12).
Result<> authorise(const api::Operation& row, const Actor& actor, accounts::Accounts& accounts, Told& told) {
  if (row.access.kind != api::Access::Kind::right || row.access.lets(actor.role)) return Done{};
  return accounts.authorise(actor, row.access.right, told);
}

Result<WebAnswer> carry_out(const api::Operation& row, const msg::Ask& asked, const WebAround& around,
                            Told& told) {
  if (asked.is_watching && !api::may_be_watched(row)) return Error{ErrorCode::web_not_live};
  const Visitor visitor = visitor_of(asked);
  GW_TRY(const Actor actor, identify(row, asked, visitor, around.accounts, told));
  GW_TRY(authorise(row, actor, around.accounts, told));
  const WebAsk ask{row, asked.values, visitor, asked.token, actor, told};
  return kHandlers[static_cast<std::size_t>(row.id)].answer(ask, around);
}

}  // namespace

Result<> WebDesk::serve(const WebAround& around) {
  GW_TRY(std::optional<ipc::Frame> frame, channel_.receive());
  if (!frame) return Done{};
  GW_TRY(conversation_.accept(*frame));
  const Result<msg::Ask> asked = decode<msg::Ask>(frame->body);
  wipe(frame->body.data(), frame->body.size());
  GW_TRY(asked);
  return answer(frame->request, *asked, around);
}

/// A question that webd should not have let through is refused all the same: whoever it comes from.
Result<> WebDesk::answer(std::uint64_t request, const msg::Ask& asked, const WebAround& around) {
  const auto id = api::parse_operation(asked.operation);
  if (!id) return refuse(request, {ErrorCode::web_not_found});
  if (const auto fault = api::check(*id, asked.values))
    return refuse(request, {ErrorCode::web_value, std::string(api::to_string(fault->fault))}, fault->pointer);
  Told told;
  Result<WebAnswer> done = carry_out(api::operation(*id), asked, around, told);
  // LOG-01: before the answer leaves, whatever it is.
  around.records.write(std::move(told));
  return done ? say(request, *std::move(done)) : refuse(request, done.error());
}

Result<> WebDesk::say(std::uint64_t request, WebAnswer done) {
  const Result<UniqueFd> sealed = sys::seal(as_bytes(done.json), "answer");
  wipe(done.json.data(), done.json.size());
  if (!sealed) return refuse(request, sealed.error());
  msg::Answered answered;
  answered.token = done.token;
  answered.given = done.given.view();
  return msg::send_once(channel_, msg::Msg::answered, request, answered, {sealed->get()});
}

Result<> WebDesk::refuse(std::uint64_t request, const Error& why, std::string_view pointer) {
  const msg::Refused refused{why.code, why.detail.substr(0, 512), std::string(pointer)};
  return channel_.send(ipc::type_number(msg::Msg::refused), request, encode(refused));
}

}  // namespace gw::control
