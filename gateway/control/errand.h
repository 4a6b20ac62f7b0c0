#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/fd.h"
#include "ipc/conversation.h"
#include "ipc/messages/operator.h"

namespace gw::control {

/// Something that the supervisor does or says, as it does for whoever sits at the box.
struct Errand {
  ipc::op::Msg question{};
  std::vector<std::uint8_t> body{};
  UniqueFd input{};  ///< none: it takes none
};

/// The way to the supervisor's desk (ipc/messages/operator.h). Several errands at a time, each by its number.
/// One thread.
class ErrandLine {
 public:
  /// How long an errand is waited for.
  static constexpr std::chrono::seconds kPatience{5};

  /// In the place of the channel before; what was under way there gets no answer.
  void connect(ipc::Channel channel);
  std::optional<int> fd() const { return channel_ ? std::optional(channel_->fd()) : std::nullopt; }
  /// status.unavailable.
  Result<std::uint64_t> send(const Errand& errand);
  /// An answer that came, by the errand's number; a refusal is an error. Nothing: none waits.
  struct Answer {
    std::uint64_t errand = 0;
    Result<ipc::Frame> frame;
  };
  std::optional<Answer> take();

 private:
  std::optional<ipc::Channel> channel_{};
  ipc::Conversation conversation_{ipc::op::kToOperator};
  std::uint64_t last_ = 0;
};

}  // namespace gw::control
