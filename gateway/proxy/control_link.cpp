#include "proxy/control_link.h"

#include <cstdlib>

#include "sys/sealed.h"

namespace gw::proxy {
namespace {

/// Its certificates and lists take 64 MiB at most (config/shelf.cpp).
constexpr std::size_t kMaxSnapshot = 96 * 1024 * 1024;

}  // namespace

ControlLink::ControlLink(Worker& worker, FlooredClock& clock, ipc::Channel channel)
    : worker_(worker), clock_(clock), channel_(std::move(channel)), wake_(worker.reactor()) {}

Result<> ControlLink::start() {
  GW_TRY(readiness_.attach(worker_.reactor(), channel_.fd(), wake_));
  GW_TRY(channel_.send(ipc::type_number(Msg::ready), 0, {}));
  conversation_.enter(ipc::compartment::Phase::serving);
  listen();
  return Done{};
}

sys::Detached ControlLink::listen() {
  for (;;) {
    // The supervisor is gone or no longer speaks our language: an orphaned data plane must not go on.
    if (!take_all()) std::_Exit(EXIT_FAILURE);
    co_await wake_;
  }
}

Result<> ControlLink::take_all() {
  while (readiness_.readable) {
    GW_TRY(auto frame, channel_.receive());
    if (!frame)
      readiness_.readable = false;
    else
      GW_TRY(take(*std::move(frame)));
  }
  return Done{};
}

Result<> ControlLink::take(ipc::Frame frame) {
  static constexpr Row kRows[] = {
      {Msg::snapshot, &ControlLink::stage_snapshot},
      {Msg::listener, &ControlLink::stage_listener},
      {Msg::prepare, &ControlLink::prepare},
      {Msg::commit, &ControlLink::commit},
      {Msg::abandon, &ControlLink::abandon},
      {Msg::peer, &ControlLink::meet_peer},
      {Msg::keys, &ControlLink::meet_keys},
      {Msg::drain, &ControlLink::drain},
      {Msg::cut_off, &ControlLink::cut},
      {Msg::earliest, &ControlLink::raise_clock},
  };
  GW_TRY(conversation_.accept(frame));
  for (const Row& row : kRows)
    if (ipc::type_number(row.type) == frame.type) return (this->*row.handle)(frame);
  return Error{ErrorCode::channel_out_of_phase};
}

ControlLink::Staged& ControlLink::staged(model::Generation generation) {
  if (!staged_ || staged_->generation != generation) staged_ = Staged{.generation = generation};
  return *staged_;
}

template <class Body>
Result<> ControlLink::answer(Msg type, const Body& body) const {
  return channel_.send(ipc::type_number(type), 0, encode(body));
}

Result<> ControlLink::stage_snapshot(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<ipc::compartment::Staged>(frame.body));
  GW_TRY(const auto bytes, sys::read_sealed(frame.fds.front().get(), kMaxSnapshot));
  GW_TRY(staged(message.generation).snapshot, model::Snapshot::decode(bytes));
  return Done{};
}

Result<> ControlLink::stage_listener(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<ipc::compartment::StagedListener>(frame.body));
  staged(message.generation).listeners.push_back({message.endpoint, std::move(frame.fds.front())});
  return Done{};
}

Result<> ControlLink::prepare(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<ipc::compartment::Staged>(frame.body));
  Staged& staged_now = staged(message.generation);
  if (!staged_now.snapshot) return Error{ErrorCode::channel_out_of_phase, "prepare before snapshot"};
  const auto key_of = [&](model::KeyId key, model::TlsRole role) {
    return Result<tls::OwnKey>(worker_.keys().key(message.generation, key, role));
  };
  const auto answers_for = [&](const model::Snapshot& snapshot, const model::Service& service) {
    return worker_.answers().source(snapshot.generation(), service);
  };
  auto edition = Edition::make(staged_now.snapshot, key_of, answers_for, worker_.reactor().clock());
  if (!edition) {
    staged_.reset();
    const Error& error = edition.error();
    return answer(Msg::refused,
                  ipc::compartment::Refused{message.generation, error.code, error.detail.substr(0, 512)});
  }
  staged_now.edition = *std::move(edition);
  return answer(Msg::prepared, message);
}

Result<> ControlLink::commit(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<ipc::compartment::Staged>(frame.body));
  if (!staged_ || staged_->generation != message.generation || !staged_->edition)
    return Error{ErrorCode::channel_out_of_phase, "commit of what was not prepared"};
  const auto adopted = worker_.adopt(std::move(staged_->edition), std::move(staged_->listeners));
  staged_.reset();
  return answer(Msg::adopted, adopted);
}

Result<> ControlLink::abandon(ipc::Frame&) {
  staged_.reset();
  return Done{};
}

Result<> ControlLink::meet_keys(ipc::Frame& frame) {
  return worker_.keys().connect(std::move(frame.fds.front()));
}

Result<> ControlLink::meet_peer(ipc::Frame& frame) {
  return worker_.dialer().connect(std::move(frame.fds.front()));
}

Result<> ControlLink::cut(ipc::Frame& frame) {
  GW_TRY(auto cut_off, decode<model::CutOff>(frame.body));
  worker_.cut(std::move(cut_off));
  return Done{};
}

Result<> ControlLink::raise_clock(ipc::Frame& frame) {
  GW_TRY(const auto earliest, decode<ipc::compartment::Earliest>(frame.body));
  clock_.not_before(CivilTime(earliest.civil));
  return Done{};
}

Result<> ControlLink::drain(ipc::Frame&) {
  worker_.drain();
  return Done{};
}

}  // namespace gw::proxy
