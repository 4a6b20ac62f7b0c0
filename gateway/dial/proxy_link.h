#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "dial/dialer.h"
#include "ipc/channel.h"
#include "ipc/conversation.h"
#include "ipc/messages/proxy_dial.h"
#include "sys/gate.h"

namespace gw::dial {

/// The channel to this tenant's proxyd, or to the renewer that works for it: each Dial gets one Connected or
/// Failed, in the order they come about. Kept alive by its own coroutines until the channel has ended and its
/// last dial is over. A proxyd that breaks the conversation, or names a target that is not in its table or
/// another caller's, loses the channel.
class ProxyLink {
 public:
  /// Dials under way and answers not yet read; beyond it requests wait in the channel.
  static constexpr std::size_t kMaxDials = 512;

  ProxyLink(sys::Reactor& reactor, ipc::Channel channel, model::Caller caller, Dialer& dialer,
            const Tables& tables)
      : reactor_(reactor),
        channel_(std::move(channel)),
        caller_(caller),
        dialer_(dialer),
        tables_(tables),
        wake_(reactor) {}
  ProxyLink(const ProxyLink&) = delete;
  ProxyLink& operator=(const ProxyLink&) = delete;

  /// Serves until the channel ends or end() is called.
  static void start(const std::shared_ptr<ProxyLink>& link);
  void end();

 private:
  enum class Standing : std::uint8_t { serving, ended };
  struct Answer {
    std::uint64_t request = 0;
    Outcome outcome{};
  };

  static sys::Detached serve(std::shared_ptr<ProxyLink> link, sys::Gate::Pass pass);
  static sys::Detached dial(std::shared_ptr<ProxyLink> link, sys::Gate::Pass pass, std::uint64_t request,
                            TablePtr table, ipc::dial::Dial asked);
  static void take_requests(const std::shared_ptr<ProxyLink>& link);
  static Result<> take(const std::shared_ptr<ProxyLink>& link, const ipc::Frame& frame);
  bool has_room() const;
  void answer(Answer answer);
  void flush();
  Result<> send(const Answer& answer) const;

  sys::Reactor& reactor_;
  ipc::Channel channel_;
  model::Caller caller_;
  Dialer& dialer_;
  const Tables& tables_;
  sys::Wake wake_;
  sys::Readiness readiness_;
  sys::Gate gate_;
  ipc::Conversation conversation_{ipc::dial::kFromProxy};
  std::deque<Answer> unsent_;
  Standing standing_ = Standing::serving;
};

}  // namespace gw::dial
