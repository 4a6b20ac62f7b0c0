#pragma once

#include <memory>
#include <optional>

#include "dial/proxy_link.h"
#include "ipc/messages/control_compartment.h"

namespace gw::dial {

/// The channel to the supervisor: takes tables in two phases and the channels to proxyd. When it ends, or the
/// supervisor breaks the conversation, the dialer has no master and no reason to live: ended().
class ControlLink {
 public:
  ControlLink(sys::Reactor& reactor, ipc::Channel channel, Dialer& dialer)
      : reactor_(reactor), channel_(std::move(channel)), dialer_(dialer), wake_(reactor) {}
  ControlLink(const ControlLink&) = delete;
  ControlLink& operator=(const ControlLink&) = delete;

  /// Says `ready`, then serves until the end. Call once; the link must live until ended().
  void start();
  bool ended() const { return standing_ == Standing::ended; }

 private:
  enum class Standing : std::uint8_t { serving, ended };

  static sys::Detached serve(ControlLink& link, sys::Gate::Pass pass);
  Result<> begin();
  Result<> take_messages();
  Result<> obey(ipc::Frame frame);
  Result<> take_table(const ipc::Frame& frame);
  Result<> prepare(const ipc::Frame& frame);
  Result<> commit(const ipc::Frame& frame);
  Result<> abandon(const ipc::Frame& frame);
  Result<> take_asker(std::shared_ptr<ProxyLink>& place, ipc::Frame frame);

  sys::Reactor& reactor_;
  ipc::Channel channel_;
  Dialer& dialer_;
  Tables tables_;
  std::optional<Error> flaw_;  ///< of the table handed over last
  std::shared_ptr<ProxyLink> proxy_;
  std::shared_ptr<ProxyLink> guest_;
  sys::Wake wake_;
  sys::Readiness readiness_;
  sys::Gate gate_;
  ipc::Conversation conversation_{ipc::compartment::kToDialer};
  Standing standing_ = Standing::serving;
};

}  // namespace gw::dial
