#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fd.h"
#include "dial/dialer.h"
#include "ipc/channel.h"
#include "support/manual_clock.h"
#include "sys/reactor.h"

namespace gw::dial {

/// The reactor of a test with a clock that the test moves: sockets are real, time is not.
struct Stage {
  support::ManualClock clock;
  std::unique_ptr<sys::Reactor> reactor = *sys::Reactor::make(clock);
  /// Runs after each round of the reactor: the other side of the conversation.
  std::vector<std::function<void()>> actors;

  /// Goes round until `reached`; false after ten real seconds.
  bool run_until(const std::function<bool()>& reached);
  /// The same while the clock runs a hundred times too fast.
  bool let_time_pass_until(const std::function<bool()>& reached);
  /// Goes round until nothing more has happened for a while: for "and then nothing".
  void run_a_while();
};

/// Where a dialer's records go, read back as events.
class RecordedEvents {
 public:
  ipc::RecordSink& sink() { return sink_; }
  /// The records since the last call, as "event.id detail-free fields": "endpoint.failed 127.0.0.2".
  std::vector<std::string> take();

 private:
  std::pair<ipc::Channel, ipc::Channel> ends_ = *ipc::Channel::pair();
  ipc::RecordSink sink_{ends_.first.release().release()};
};

model::IpAddress address(const std::string& text);

/// A TCP listener at a port of the kernel's choice, or at `port`.
class Cloud {
 public:
  explicit Cloud(const std::string& at, std::uint16_t port = 0, int backlog = 16);
  const model::Endpoint& endpoint() const { return endpoint_; }
  /// Of the listening socket, non-blocking.
  int descriptor() const { return listener_.get(); }
  /// Fills the queue of connections, so that nobody is answered any more: the kernel drops what comes.
  void fall_silent();
  UniqueFd accept() const;

 private:
  UniqueFd listener_;
  model::Endpoint endpoint_{};
  std::vector<UniqueFd> queued_;
};

/// An endpoint on loopback that refuses: nobody listens there.
model::Endpoint closed_endpoint(const std::string& at);

/// A table of one service without resolvers or forbidden prefixes.
model::DialTable one_service(std::uint16_t port, std::vector<model::IpAddress> addresses,
                             std::string server_name = "cloud.example");

}  // namespace gw::dial
