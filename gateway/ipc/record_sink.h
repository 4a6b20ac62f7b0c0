#pragma once

#include <cstdint>

#include "base/event.h"
#include "ipc/channel.h"

namespace gw::ipc {

/// Where a daemon's records go: the log channel to the supervisor. Never blocks. What the channel has no room
/// for is counted, and told as records.lost before the next record that gets through. Owns the descriptor.
/// Not thread-safe.
class RecordSink {
 public:
  explicit RecordSink(int fd);
  void write(const Event& event);
  /// Tells what was lost, if the channel has room now. For the end of a quiet moment.
  void flush();

 private:
  bool send(const Event& event) const;

  Channel channel_;
  std::uint64_t lost_ = 0;
};

}  // namespace gw::ipc
