#pragma once

#include "base/clock.h"
#include "ipc/conversation.h"
#include "ipc/messages/proxy_dial.h"

namespace gw::renewer {

/// The channel to the tenant's dialer: connects to targets of its table, one at a time. One thread.
class Dialler {
 public:
  Dialler(ipc::Channel channel, model::Generation generation, const Clock& clock)
      : channel_(std::move(channel)), generation_(generation), clock_(clock) {}

  /// A connected, non-blocking socket. est.unreachable with the dialer's reason.
  Result<UniqueFd> dial(model::ServiceId target);

 private:
  ipc::Channel channel_;
  model::Generation generation_;  // of the table that the targets are numbered in
  const Clock& clock_;
  ipc::Conversation conversation_{ipc::dial::kFromDialer};
  std::uint64_t last_ = 0;  // number of the newest request
};

}  // namespace gw::renewer
