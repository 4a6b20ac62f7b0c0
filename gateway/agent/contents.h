#pragma once

#include "base/clock.h"
#include "ipc/messages/noc.h"

namespace gw::agent {

/// controld, which has what is to be told. Waits for each answer; one thread.
class Contents {
 public:
  Contents(ipc::Channel channel, const Clock& clock) : channel_(std::move(channel)), clock_(clock) {}

  /// The next entries of a stream, in their order; none: that is all for now. records.unavailable.
  Result<std::vector<ipc::noc::Entry>> take(ipc::noc::Stream stream, std::uint32_t most);
  /// records.unavailable: they will be sent once more.
  Result<> arrived(ipc::noc::Stream stream, std::uint64_t last);
  /// What the operations centre has for the box, as it came. records.unavailable.
  Result<> hand_over(std::string_view orders);
  void told(const ipc::noc::Told& told);

 private:
  Result<ipc::noc::Batch> ask(const ipc::noc::Take& wanted);

  ipc::Channel channel_;
  const Clock& clock_;
  ipc::Conversation conversation_{ipc::noc::kFromControld};
};

}  // namespace gw::agent
