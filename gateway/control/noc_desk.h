#pragma once

#include "base/clock.h"
#include "ipc/messages/noc.h"
#include "metrics/ledger.h"
#include "spool/spool.h"

namespace gw::control {

/// An agent while it lives: is given what waits, and says what arrived. One thread.
class NocDesk {
 public:
  explicit NocDesk(ipc::Channel channel) : channel_(std::move(channel)) {}

  int fd() const { return channel_.fd(); }
  /// What it asked for by now. channel.closed when it has ended, and whatever else ends it.
  Result<> serve(spool::Spool& spool, metrics::Ledger& ledger, const Clock& clock);

 private:
  Result<> act_on(const ipc::Frame& frame, spool::Spool& spool, metrics::Ledger& ledger, const Clock& clock);
  Result<> give(const ipc::noc::Take& wanted, spool::Spool& spool, const Clock& clock);

  ipc::Channel channel_;
  ipc::Conversation conversation_{ipc::noc::kToControld};
};

}  // namespace gw::control
