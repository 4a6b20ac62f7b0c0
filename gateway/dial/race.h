#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/fd.h"
#include "dial/socket.h"
#include "model/close_reason.h"
#include "sys/reactor.h"
#include "sys/task.h"

namespace gw::dial {

struct Connection {
  UniqueFd socket{};  ///< connected, non-blocking, in no epoll set
  model::Endpoint remote{};
  std::chrono::milliseconds resolving{0};  ///< how long its name took; zero: it was known
};
using Outcome = std::variant<Connection, model::CloseReason>;

/// What a race learnt of one endpoint.
struct Finding {
  model::Endpoint endpoint{};
  Connecting result = Connecting::failed;  ///< never under_way
  std::string detail{};                    ///< of a failure, for the operator
};

/// Connects to the first of several endpoints that answers, in order of preference (RFC 8305 5): the next one
/// is tried when the one before has failed, or has been silent for kStagger, and all go on until
/// one wins or the deadline comes. The losers are closed before anybody sends a byte.
class Race {
 public:
  static constexpr std::chrono::milliseconds kStagger{300};

  /// At least one endpoint.
  Race(sys::Reactor& reactor, std::vector<model::Endpoint> endpoints)
      : reactor_(reactor), wake_(reactor), timer_(reactor, wake_), endpoints_(std::move(endpoints)) {}
  Race(const Race&) = delete;
  Race& operator=(const Race&) = delete;

  sys::Task<Outcome> run(Instant deadline);
  /// Afterwards: who won, who failed, who was overtaken or silent. Endpoints that were not given kStagger
  /// to answer are not in it: nothing was learnt of them.
  const std::vector<Finding>& findings() const { return findings_; }

 private:
  struct Attempt {
    model::Endpoint endpoint{};
    Instant started{};
    UniqueFd socket{};
    std::unique_ptr<sys::Readiness> readiness{};  ///< detaches before the socket closes
  };

  void start_next();
  void advance_all();
  bool next_is_due() const { return next_ < endpoints_.size() && reactor_.now() >= next_start_; }
  void settle(Attempt& attempt, Connecting result);
  void note_silent();
  model::CloseReason reason_of_failure() const;

  sys::Reactor& reactor_;
  sys::Wake wake_;
  sys::Timer timer_;
  std::vector<model::Endpoint> endpoints_;
  std::size_t next_ = 0;
  Instant next_start_{};
  std::vector<Attempt> running_;
  std::vector<Finding> findings_;
  Connection winner_;
};

}  // namespace gw::dial
