#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/codec.h"
#include "base/floored_clock.h"
#include "https/server.h"
#include "ipc/compartment_link.h"
#include "sys/sealed.h"
#include "tls/key_client.h"

namespace gw::front {

/// The end of its channel to the supervisor that a process has which serves HTTPS: collects a generation
/// piece by piece, makes it ready when asked, and puts it in force when told. A broken or closed channel ends
/// the process. `Edition` is one generation as it is served; its member `context` is what the listener shows.
/// One thread.
template <class Edition>
class Link {
 public:
  using EditionPtr = std::shared_ptr<const Edition>;
  using KeyOf = std::function<tls::OwnKey(model::KeyId)>;

  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  /// Says ready and begins to listen.
  Result<> start() {
    keys_.start();
    return link_.start();
  }
  /// Told to end, and nobody is served any more.
  bool has_ended() const { return is_draining_ && server_.empty(); }

 protected:
  using Msg = ipc::compartment::Msg;

  /// `clock` is the reactor's own. Both outlive it. Of a part more than `most_part` octets are not read.
  Link(sys::Reactor& reactor, FlooredClock& clock, ipc::Channel channel,
       std::span<const ipc::Permit> may_be_told, std::size_t most_part, https::Service service)
      : link_(reactor, std::move(channel), may_be_told, [this](ipc::Frame& frame) { return take(frame); }),
        keys_(reactor),
        server_(reactor, {}, std::move(service)),
        clock_(clock),
        most_part_(most_part) {}
  ~Link() = default;

  virtual Result<> take(ipc::Frame& frame) = 0;
  /// Of the part that the supervisor staged, as it was compiled.
  virtual Result<EditionPtr> make_ready(Bytes part, const KeyOf& key_of) = 0;
  virtual void put_in_force(EditionPtr edition) = 0;

  Result<> stage_part(ipc::Frame& frame) {
    GW_TRY(const auto message, decode<ipc::compartment::Staged>(frame.body));
    GW_TRY(staged(message.generation).part, sys::read_sealed(frame.fds.front().get(), most_part_));
    return Done{};
  }

  Result<> stage_listener(ipc::Frame& frame) {
    GW_TRY(const auto message, decode<ipc::compartment::StagedListener>(frame.body));
    Staged& into = staged(message.generation);
    into.endpoint = message.endpoint;
    into.listener = std::move(frame.fds.front());
    return Done{};
  }

  Result<> prepare(ipc::Frame& frame) {
    GW_TRY(const auto message, decode<ipc::compartment::Staged>(frame.body));
    Staged& now = staged(message.generation);
    if (now.part.empty() || !now.listener)
      return Error{ErrorCode::channel_out_of_phase, "prepare before part and listener"};
    auto edition = make_ready(now.part, [&](model::KeyId key) -> tls::OwnKey {
      return keys_.key(message.generation, key, model::TlsRole::terminal_side);
    });
    if (!edition) {
      staged_.reset();
      return link_.refuse(message.generation, edition.error());
    }
    now.edition = *std::move(edition);
    return link_.answer(Msg::prepared, message);
  }

  Result<> commit(ipc::Frame& frame) {
    GW_TRY(const auto message, decode<ipc::compartment::Staged>(frame.body));
    if (!staged_ || staged_->generation != message.generation || !staged_->edition)
      return Error{ErrorCode::channel_out_of_phase, "commit of what was not prepared"};
    Staged now = *std::move(staged_);
    staged_.reset();
    put_in_force(now.edition);
    GW_TRY(server_.serve(now.edition->context, now.endpoint, std::move(now.listener)));
    return link_.answer(Msg::adopted, ipc::compartment::Adopted{message.generation, 0, 0});
  }

  Result<> abandon(ipc::Frame&) {
    staged_.reset();
    return Done{};
  }

  Result<> meet_keys(ipc::Frame& frame) { return keys_.connect(std::move(frame.fds.front())); }

  Result<> raise_clock(ipc::Frame& frame) {
    GW_TRY(const auto earliest, decode<ipc::compartment::Earliest>(frame.body));
    clock_.not_before(CivilTime(earliest.civil));
    return Done{};
  }

  Result<> drain(ipc::Frame&) {
    is_draining_ = true;
    server_.stop();
    return Done{};
  }

  bool is_draining() const { return is_draining_; }
  const ipc::Channel& channel() const { return link_.channel(); }
  https::Server& server() { return server_; }

 private:
  struct Staged {
    model::Generation generation{};
    std::vector<std::uint8_t> part{};
    model::Endpoint endpoint{};
    UniqueFd listener{};
    EditionPtr edition{};
  };

  Staged& staged(model::Generation generation) {
    if (!staged_ || staged_->generation != generation) staged_ = Staged{.generation = generation};
    return *staged_;
  }

  ipc::CompartmentLink link_;
  tls::KeyClient keys_;
  https::Server server_;
  FlooredClock& clock_;
  std::size_t most_part_;
  std::optional<Staged> staged_;
  bool is_draining_ = false;
};

}  // namespace gw::front
