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

struct Permit {
  Actor actor{};
  std::optional<MaintenanceGate::Work> work{};
};
Result<Permit> let_in(const api::Operation& row, const msg::Ask& asked, const WebAround& around, Told& told) {
  if (asked.is_watching && !api::may_be_watched(row)) return Error{ErrorCode::web_not_live};
  GW_TRY(const Actor actor, identify(row, asked, visitor_of(asked), around.accounts, told));
  GW_TRY(authorise(row, actor, around.accounts, told));
  GW_TRY(const auto work, around.gate.begin(actor, row, told));
  return Permit{actor, work};
}

Result<> outcome_of(const Result<WebAnswer>& done) {
  return done ? Result<>(Done{}) : Result<>(done.error());
}

}  // namespace

Result<> WebDesk::serve(const WebAround& around) {
  if (waits()) {
    const bool is_late = around.clock.now() >= held_->until;
    return is_late ? finish(Error{ErrorCode::status_unavailable}, around) : Result<>(Done{});
  }
  GW_TRY(std::optional<ipc::Frame> frame, channel_.receive());
  if (!frame) return Done{};
  GW_TRY(conversation_.accept(*frame));
  const Result<> taken = take_piece(*frame);
  wipe(frame->body.data(), frame->body.size());
  GW_TRY(taken);
  if (frame->type == ipc::type_number(msg::Msg::more)) return Done{};
  const Result<msg::Ask> asked = decode<msg::Ask>(pieces_);
  forget_pieces();
  GW_TRY(asked);
  return answer(frame->request, *asked, around);
}

/// Those of one question come behind each other.
Result<> WebDesk::take_piece(const ipc::Frame& frame) {
  GW_TRY(const msg::Piece piece, decode<msg::Piece>(frame.body));
  if (pieces_.empty()) pieces_of_ = frame.request;
  if (pieces_of_ != frame.request) return Error{ErrorCode::channel_out_of_phase};
  if (pieces_.size() + piece.octets.size() > msg::kMostAsk) return Error{ErrorCode::message_malformed};
  std::vector<std::uint8_t> longer;  // what is outgrown is wiped, not left behind
  longer.reserve(pieces_.size() + piece.octets.size());
  longer.insert(longer.end(), pieces_.begin(), pieces_.end());
  longer.insert(longer.end(), piece.octets.begin(), piece.octets.end());
  forget_pieces();
  pieces_ = std::move(longer);
  return Done{};
}

void WebDesk::forget_pieces() {
  wipe(pieces_.data(), pieces_.size());
  pieces_.clear();
}

/// A question that webd should not have let through is refused all the same: whoever it comes from.
Result<> WebDesk::answer(std::uint64_t request, const msg::Ask& asked, const WebAround& around) {
  const auto id = api::parse_operation(asked.operation);
  if (!id) return refuse(request, {ErrorCode::web_not_found});
  if (const auto fault = api::check(*id, asked.values))
    return refuse(request, {ErrorCode::web_value, std::string(api::to_string(fault->fault))}, fault->pointer);
  const api::Operation& row = api::operation(*id);
  Told told;
  const auto permit = let_in(row, asked, around, told);
  if (!permit) {
    around.records.write(std::move(told));
    return refuse(request, permit.error());
  }
  const Visitor visitor = visitor_of(asked);
  const WebAsk ask{row, asked.values, visitor, asked.token, permit->actor, told};
  Result<WebAnswer> done = kHandlers[asked.operation].answer(ask, around);
  const bool goes_on = done && done->errand;
  if (!goes_on) around.gate.end(permit->work, outcome_of(done), told);
  // LOG-01: before the answer leaves, whatever it is, and before the supervisor is asked.
  around.records.write(std::move(told));
  if (!done) return refuse(request, done.error());
  if (!goes_on) return say(request, *std::move(done));
  return hold({.request = request, .asked = asked, .actor = permit->actor, .work = permit->work},
              *std::move(done), around);
}

Result<> WebDesk::hold(Held held, WebAnswer answer, const WebAround& around) {
  const Result<std::uint64_t> sent = around.errands.send(*answer.errand);
  held.finish = answer.finish;
  held.until = around.clock.now() + ErrandLine::kPatience;
  if (sent) held.errand = *sent;
  held_.emplace(std::move(held));
  return sent ? Result<>(Done{}) : finish(sent.error(), around);
}

Result<> WebDesk::told(ErrandLine::Answer& answer, const WebAround& around) {
  if (!held_ || held_->errand != answer.errand) return Done{};
  return finish(std::move(answer.frame), around);
}

Result<> WebDesk::finish(Result<ipc::Frame> said, const WebAround& around) {
  Held held = *std::exchange(held_, std::nullopt);
  const api::Operation& row = api::operation(static_cast<api::OperationId>(held.asked.operation));
  Told told;
  const Visitor visitor = visitor_of(held.asked);
  const WebAsk ask{row, held.asked.values, visitor, held.asked.token, held.actor, told, held.heard};
  Result<WebAnswer> done = said ? held.finish(ask, around, *said) : Result<WebAnswer>(said.error());
  const bool goes_on = done && done->errand;
  if (!goes_on) around.gate.end(held.work, outcome_of(done), told);
  around.records.write(std::move(told));
  if (!done) return refuse(held.request, done.error());
  if (!goes_on) return say(held.request, *std::move(done));
  held.heard.push_back(*std::move(said));
  return hold(std::move(held), *std::move(done), around);
}

Result<> WebDesk::say(std::uint64_t request, WebAnswer done) {
  if (done.octets.file) {
    const msg::Octets octets{done.octets.name, done.octets.extent.size};
    return channel_.send(ipc::type_number(msg::Msg::octets), request, encode(octets),
                         {done.octets.file.get()});
  }
  if (done.json.size() > msg::kMostAnswer) return refuse(request, Error{ErrorCode::web_too_much});
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
