#include "dial/control_link.h"

#include <utility>

#include "sys/sealed.h"

namespace gw::dial {
namespace {

namespace wire = ipc::compartment;
using ipc::type_number;
using wire::Msg;

/// A table of the model's own limits is well under this.
constexpr std::size_t kMaxTable = 1024 * 1024;

Result<TablePtr> read_table(const ipc::Frame& frame, model::Generation generation) {
  GW_TRY(const auto sealed, sys::read_sealed(frame.fds.front().get(), kMaxTable));
  GW_TRY(TablePtr table, decode_table(sealed));
  if (table->generation != generation)
    return Error{ErrorCode::message_malformed, "the table is of another generation"};
  return table;
}

}  // namespace

void ControlLink::start() { serve(*this, *gate_.enter()); }

sys::Detached ControlLink::serve(ControlLink& link, sys::Gate::Pass) {
  Result<> going = link.begin();
  while (going && !link.ended()) {
    going = link.take_messages();
    if (going && !link.ended()) co_await link.wake_;
  }
  link.readiness_.detach();
  link.standing_ = Standing::ended;
}

Result<> ControlLink::begin() {
  GW_TRY(readiness_.attach(reactor_, channel_.fd(), wake_));
  conversation_.enter(wire::Phase::serving);
  return channel_.send(type_number(Msg::ready), 0, {});
}

Result<> ControlLink::take_messages() {
  while (!ended()) {
    GW_TRY(std::optional<ipc::Frame> frame, channel_.receive());
    if (!frame) break;
    GW_TRY(obey(*std::move(frame)));
  }
  return Done{};
}

Result<> ControlLink::obey(ipc::Frame frame) {
  GW_TRY(conversation_.accept(frame));
  switch (static_cast<Msg>(frame.type)) {
    case Msg::dial_table:
      return take_table(frame);
    case Msg::prepare:
      return prepare(frame);
    case Msg::commit:
      return commit(frame);
    case Msg::abandon:
      return abandon(frame);
    case Msg::peer:
      return take_peer(std::move(frame));
    case Msg::guest:
      return take_guest(std::move(frame));
    default:
      break;
  }
  standing_ = Standing::ended;  // drain: sessions do not need us, and nobody will ask again
  return Done{};
}

Result<> ControlLink::take_table(const ipc::Frame& frame) {
  GW_TRY(const auto staged, decode<wire::Staged>(frame.body));
  Result<TablePtr> table = read_table(frame, staged.generation);
  flaw_.reset();
  if (table)
    tables_.stage(*std::move(table));
  else
    flaw_ = std::move(table).error();
  return Done{};
}

Result<> ControlLink::prepare(const ipc::Frame& frame) {
  GW_TRY(const auto staged, decode<wire::Staged>(frame.body));
  if (!flaw_ && (!tables_.staged() || tables_.staged()->generation != staged.generation))
    flaw_ = Error{ErrorCode::message_malformed, "no table of this generation came"};
  if (!flaw_) return channel_.send(type_number(Msg::prepared), frame.request, encode(staged));
  const wire::Refused refused{staged.generation, flaw_->code, flaw_->detail.substr(0, 512)};
  flaw_.reset();
  tables_.abandon();
  return channel_.send(type_number(Msg::refused), frame.request, encode(refused));
}

Result<> ControlLink::commit(const ipc::Frame& frame) {
  GW_TRY(const auto staged, decode<wire::Staged>(frame.body));
  if (!tables_.commit(staged.generation))
    return Error{ErrorCode::channel_out_of_phase, "commit of what was not prepared"};
  dialer_.adopt(*tables_.active());
  const wire::Adopted adopted{staged.generation, 0, 0};
  return channel_.send(type_number(Msg::adopted), frame.request, encode(adopted));
}

Result<> ControlLink::abandon(const ipc::Frame& frame) {
  GW_TRY(decode<wire::Staged>(frame.body));
  tables_.abandon();
  flaw_.reset();
  return Done{};
}

std::shared_ptr<ProxyLink> ControlLink::link_to(ipc::Frame& frame, model::Caller caller) {
  auto link = std::make_shared<ProxyLink>(reactor_, ipc::Channel(std::move(frame.fds.front())), caller,
                                          dialer_, tables_);
  ProxyLink::start(link);
  return link;
}

Result<> ControlLink::take_peer(ipc::Frame frame) {
  if (proxy_) proxy_->end();
  proxy_ = link_to(frame, model::Caller::proxyd);
  return Done{};
}

Result<> ControlLink::take_guest(ipc::Frame frame) {
  if (guest_) guest_->end();
  guest_ = link_to(frame, model::Caller::guest);
  return Done{};
}

}  // namespace gw::dial
