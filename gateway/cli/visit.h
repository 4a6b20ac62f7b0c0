#pragma once

#include <span>
#include <string>
#include <vector>

#include "ipc/channel.h"
#include "ipc/conversation.h"
#include "ipc/messages/operator.h"

namespace gw::cli {

/// A conversation with controld itself, by the supervisor's leave: one question, one answer.
class Visit {
 public:
  /// `refused`: the type of what is no answer; zero if the caller looks himself. `question` asks the
  /// supervisor for the channel, which comes with `answer`. channel.closed when no supervisor is there,
  /// records.unavailable when there is no controld.
  static Result<Visit> begin(const std::string& socket_path, ipc::op::Msg question, ipc::op::Msg answer,
                             std::span<const ipc::Permit> may_say, std::uint16_t refused = 0);

  const ipc::Channel& channel() const { return channel_; }
  /// The next that is said.
  Result<ipc::Frame> receive();

  /// A refusal is an error.
  template <class Msg, class Body>
  Result<ipc::Frame> ask(Msg type, const Body& body, std::vector<int> fds = {}) {
    return ask(ipc::type_number(type), encode(body), std::move(fds));
  }
  template <class Msg>
  Result<ipc::Frame> ask(Msg type) {
    return ask(ipc::type_number(type), {}, {});
  }

 private:
  Visit(ipc::Channel channel, std::span<const ipc::Permit> may_say, std::uint16_t refused)
      : channel_(std::move(channel)), may_say_(may_say), refused_(refused) {}
  Result<ipc::Frame> ask(std::uint16_t type, std::vector<std::uint8_t> body, std::vector<int> fds);

  ipc::Channel channel_;
  std::span<const ipc::Permit> may_say_;
  std::uint16_t refused_;
  std::uint64_t last_ = 0;
};

}  // namespace gw::cli
