#pragma once

#include "base/clock.h"
#include "ipc/conversation.h"
#include "ipc/messages/proxy_dial.h"

namespace gw::ipc {

/// A one-shot's channel to its tenant's dialer: connects to targets of its table, one at a time. One thread.
class GuestDialler {
 public:
  /// `trouble` is what it is called when there is no connection.
  GuestDialler(Channel channel, model::Generation generation, ErrorCode trouble, const Clock& clock)
      : channel_(std::move(channel)), generation_(generation), trouble_(trouble), clock_(clock) {}

  /// A connected, non-blocking socket; or the trouble, with the dialer's reason.
  Result<UniqueFd> dial(model::ServiceId target);

 private:
  Channel channel_;
  model::Generation generation_;  // of the table that the targets are numbered in
  ErrorCode trouble_;
  const Clock& clock_;
  Conversation conversation_{dial::kFromDialer};
  std::uint64_t last_ = 0;  // number of the newest request
};

}  // namespace gw::ipc
