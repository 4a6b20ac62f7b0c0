#pragma once

#include <deque>
#include <optional>
#include <string>

#include "ipc/channel.h"
#include "ipc/messages/control_compartment.h"
#include "sys/reactor.h"
#include "sys/task.h"

namespace gw::enrol {

/// Puts what terminals ask for before the site's authority, one after the other, over the channel to the
/// supervisor. One thread. Outlives its questions.
class AuthorityLine {
 public:
  static constexpr std::size_t kMostWaiting = 8;  ///< the one under way among them

  /// The channel outlives it.
  AuthorityLine(sys::Reactor& reactor, const ipc::Channel& channel) : reactor_(reactor), channel_(channel) {}

  /// The certificate that comes of it, with its chain, PEM; `wanted` lives until then. publication.busy if
  /// too many wait; otherwise what the authority says.
  sys::Task<Result<std::string>> ask(const ipc::compartment::Enrol& wanted);
  /// compartment::Msg::enrolled or not_enrolled. channel.out_of_phase if nothing was asked.
  Result<> take(const ipc::Frame& frame);

 private:
  struct Question {
    const ipc::compartment::Enrol& wanted;
    sys::Wake wake;
    std::optional<Result<std::string>> answer{};
  };

  Result<> send_first() const;

  sys::Reactor& reactor_;
  const ipc::Channel& channel_;
  std::deque<Question*> questions_;  // the first is with the supervisor
};

}  // namespace gw::enrol
