#include "control/editor_desk.h"

#include <poll.h>

#include "base/codec.h"
#include "config/sources.h"
#include "control/change_text.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

namespace msg = ipc::changes;
using changes::ChangeNumber;
using changes::Changes;
using changes::Order;
using msg::Msg;

}  // namespace

/// He may have left while his order is carried out.
bool EditorDesk::is_alone() const {
  pollfd end{channel_.fd(), 0, 0};
  return ::poll(&end, 1, 0) == 1 && (end.revents & (POLLHUP | POLLERR)) != 0;
}

Result<> EditorDesk::serve(Changes& changes) {
  if (waits()) return is_alone() ? Result<>(Error{ErrorCode::channel_closed}) : Result<>(Done{});
  GW_TRY(const std::optional<ipc::Frame> asked, channel_.receive());
  if (!asked) return Done{};
  GW_TRY(conversation_.accept(*asked));
  return answer(*asked, changes);
}

Result<> EditorDesk::answer(const ipc::Frame& asked, Changes& changes) {
  struct Row {
    Msg message;
    Result<> (EditorDesk::*act)(const ipc::Frame&, Changes&);
  };
  static constexpr Row kRows[] = {
      {Msg::stage, &EditorDesk::stage},         {Msg::copy, &EditorDesk::copy},
      {Msg::check, &EditorDesk::check},         {Msg::put, &EditorDesk::put},
      {Msg::confirm, &EditorDesk::confirm},     {Msg::extend, &EditorDesk::extend},
      {Msg::turn_back, &EditorDesk::turn_back}, {Msg::withdraw, &EditorDesk::withdraw},
      {Msg::find, &EditorDesk::find},           {Msg::history, &EditorDesk::history},
      {Msg::sources, &EditorDesk::sources},
  };
  for (const Row& row : kRows)
    if (static_cast<Msg>(asked.type) == row.message) return (this->*row.act)(asked, changes);
  return Error{ErrorCode::channel_out_of_phase};
}

Result<> EditorDesk::refuse(std::uint64_t request, const Error& why) {
  return channel_.send(ipc::type_number(Msg::refused), request,
                       encode(msg::Refused{why.code, why.detail.substr(0, 512)}));
}

Result<> EditorDesk::say_staged(std::uint64_t request, const Result<ChangeNumber>& number) {
  if (!number) return refuse(request, number.error());
  return channel_.send(ipc::type_number(Msg::staged), request, encode(msg::Staged{*number}));
}

Result<> EditorDesk::say_change(std::uint64_t request, const Result<changes::Change>& change) {
  if (!change) return refuse(request, change.error());
  const auto report = sys::seal(as_bytes(change->report), "report");
  const auto words = sys::seal(as_bytes(change->words), "changes");
  const auto effect =
      sys::seal(change->foreseen ? encode(*change->foreseen) : std::vector<std::uint8_t>(), "effect");
  for (const auto* sealed : {&report, &words, &effect})
    if (!*sealed) return refuse(request, sealed->error());
  return channel_.send(ipc::type_number(Msg::change), request, encode(told_of(*change)),
                       {report->get(), words->get(), effect->get()});
}

/// Answered by told() then.
Result<> EditorDesk::await(std::uint64_t request, Order order, ChangeNumber change, const Result<>& begun,
                           Secret token) {
  if (!begun) return refuse(request, begun.error());
  awaited_ = Awaited{request, order, change, std::move(token)};
  return Done{};
}

void EditorDesk::told(Changes& changes, Order order, ChangeNumber change, const Result<>& outcome) {
  if (!awaited_ || awaited_->order != order || awaited_->change != change) return;
  const Awaited awaited = *std::exchange(awaited_, std::nullopt);
  const auto found = changes.find(change);
  if (order != Order::put || !outcome || !found) {
    // What is wrong with a configuration stands in the change itself.
    static_cast<void>(order == Order::keep && !outcome ? refuse(awaited.request, outcome.error())
                                                       : say_change(awaited.request, found));
    return;
  }
  const msg::PutInForce put{std::string(awaited.token.view()), told_of(*found)};
  std::vector<std::uint8_t> body = encode(put);
  static_cast<void>(channel_.send(ipc::type_number(Msg::put_in_force), awaited.request, body));
  wipe(body.data(), body.size());
}

Result<> EditorDesk::stage(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Stage>(asked.body));
  const auto sources = sys::read_sealed(asked.fds.front().get(), config::kMostSources);
  if (!sources) return refuse(asked.request, sources.error());
  return say_staged(asked.request, changes.stage({author(wanted.by), wanted.reason, wanted.base}, *sources));
}

Result<> EditorDesk::copy(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Copy>(asked.body));
  const auto sources = changes.sources(wanted.of);
  if (!sources) return refuse(asked.request, sources.error());
  return say_staged(asked.request, changes.stage({author(wanted.by), wanted.reason, {}}, *sources));
}

Result<> EditorDesk::check(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Act>(asked.body));
  return await(asked.request, Order::look, wanted.change, changes.check(wanted.change));
}

Result<> EditorDesk::put(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Put>(asked.body));
  auto token = changes.put(wanted.change, wanted.within, author(wanted.by));
  if (!token) return refuse(asked.request, token.error());
  return await(asked.request, Order::put, wanted.change, Done{}, *std::move(token));
}

Result<> EditorDesk::confirm(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Confirm>(asked.body));
  const auto waiting = changes.in_flight();
  if (!waiting) return refuse(asked.request, waiting.error());
  const ChangeNumber number = *waiting ? (*waiting)->number : ChangeNumber{};
  return await(asked.request, Order::keep, number, changes.confirm(wanted.token, author(wanted.by)));
}

Result<> EditorDesk::extend(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Extend>(asked.body));
  const Result<> extended = changes.extend(wanted.within, author(wanted.by));
  const auto waiting = changes.in_flight();
  if (!extended || !waiting || !*waiting)
    return refuse(asked.request, extended ? Error{ErrorCode::change_unknown} : extended.error());
  return say_change(asked.request, **waiting);
}

Result<> EditorDesk::turn_back(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Act>(asked.body));
  const auto waiting = changes.in_flight();
  if (!waiting) return refuse(asked.request, waiting.error());
  const ChangeNumber number = *waiting ? (*waiting)->number : ChangeNumber{};
  return await(asked.request, Order::back, number, changes.turn_back(wanted.reason, author(wanted.by)));
}

Result<> EditorDesk::withdraw(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Act>(asked.body));
  const Result<> withdrawn = changes.withdraw(wanted.change, wanted.reason, author(wanted.by));
  return withdrawn ? say_change(asked.request, changes.find(wanted.change))
                   : refuse(asked.request, withdrawn.error());
}

Result<> EditorDesk::find(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Find>(asked.body));
  if (wanted.change != ChangeNumber{}) return say_change(asked.request, changes.find(wanted.change));
  const auto waiting = changes.in_flight();
  if (!waiting) return refuse(asked.request, waiting.error());
  if (*waiting) return say_change(asked.request, **waiting);
  const auto confirmed = changes.confirmed();
  return confirmed ? say_change(asked.request, changes.find(*confirmed))
                   : refuse(asked.request, confirmed.error());
}

Result<> EditorDesk::history(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::History>(asked.body));
  const auto found = changes.newest(wanted.most);
  if (!found) return refuse(asked.request, found.error());
  msg::Changes all;
  for (const changes::Change& change : *found) all.changes.push_back(told_of(change));
  const auto sealed = sys::seal(encode(all), "changes");
  if (!sealed) return refuse(asked.request, sealed.error());
  return channel_.send(ipc::type_number(Msg::changes), asked.request, {}, {sealed->get()});
}

Result<> EditorDesk::sources(const ipc::Frame& asked, Changes& changes) {
  GW_TRY(const auto wanted, decode<msg::Find>(asked.body));
  const auto found = changes.sources(wanted.change);
  if (!found) return refuse(asked.request, found.error());
  const auto sealed = sys::seal(*found, "configuration");
  if (!sealed) return refuse(asked.request, sealed.error());
  return channel_.send(ipc::type_number(Msg::configuration), asked.request, {}, {sealed->get()});
}

}  // namespace gw::control
