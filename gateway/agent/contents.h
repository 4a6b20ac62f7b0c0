#pragma once

#include <span>

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
  /// Which image is to be fetched, and from where on. records.unavailable.
  Result<ipc::noc::Image> image_wanted();
  /// Of that one: what stands there, in a file of that many octets. records.unavailable.
  Result<> hand_over_image(std::uint64_t at, std::uint64_t whole, std::string_view octets);
  void told(const ipc::noc::Told& told);

 private:
  Result<ipc::noc::Batch> ask(const ipc::noc::Take& wanted);
  Result<ipc::Frame> answer_to(ipc::noc::Msg question, std::span<const std::uint8_t> body);

  ipc::Channel channel_;
  const Clock& clock_;
  ipc::Conversation conversation_{ipc::noc::kFromControld};
};

}  // namespace gw::agent
