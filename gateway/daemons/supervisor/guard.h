#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "backoff.h"
#include "edition.h"
#include "ipc/messages/control_watch.h"
#include "ipc/messages/operator.h"
#include "net_sequence.h"
#include "recurrence.h"
#include "running.h"

namespace gw::supervisor {

/// The last comparison of one namespace that ended well.
struct Looked {
  const char* part;
  std::optional<Instant> at{};
  std::size_t repaired = 0;  ///< differences that were put right
  std::size_t left = 0;      ///< that could not be
};

/// Holds the kernel's network state to the configuration in force (ISO-01, ISO-09): a watcher in each
/// namespace says when something changed, and then, as well as once a minute, net-apply compares and puts
/// right. What it had to put right is a record each. What it cannot put right ends the box: closed, not open;
/// but for sockets, which the rules shut off anyway: those are recorded once, as long as they stay. A lease
/// that came, changed or went is put in force in the same way.
class Guard {
 public:
  /// `not_held` comes at most once; `second_path` when a watcher tells of one.
  struct Concerns {
    std::function<void(Error)> not_held;
    std::function<void(const ipc::watch::SecondPath&)> second_path;
  };
  Guard(const Premises& premises, Concerns concerns);
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  /// The base rules stand: watchers start, and stay. Without kernel rules of ours there is nothing to hold.
  void begin();
  /// `in_force` is what to compare with; null while there is nothing, or while a publication changes it.
  void tick(Instant now, const EditionPtr& in_force);
  void stop();
  std::vector<ipc::op::ProcessState> states() const;
  std::vector<Looked> looks() const;
  /// The namespaces that had to be put right of late, and how often.
  std::vector<ipc::op::DriftState> drifts() const;

 private:
  enum class Stand : std::uint8_t { down, joining, watching };

  /// One namespace with its watcher.
  struct Post {
    RoleId role;
    NetStep step;
    Stand stand = Stand::down;
    Instant start_at{};
    Instant look_at{};
    Instant changed_at = Instant::max();
    Instant start_lease_at{};  ///< no sooner is another lease put in force
    Backoff backoff{};
    model::Generation told{};  ///< the owners its watcher knows
    std::optional<Instant> looked_at{};
    std::size_t repaired = 0;
    Recurrence drift{};
    std::vector<std::string> left{};  ///< what the last look could not put right
    HeldLeasePtr lease{};             ///< that stood when it was shaped or looked at last
    std::unique_ptr<Running> watcher{};
  };

  void tend(Post& post, Instant now, const EditionPtr& in_force);
  void start(Post& post, Instant now);
  void hear(Post& post, const ipc::Frame& frame);
  void hear_second_path(const Post& post, const ipc::Frame& frame);
  void end(Post& post, const sys::Ending& ending, const std::string& words);
  void tell_owners(Post& post, const Edition& edition);
  void give_ear(const Post& post, const Edition& edition);
  bool due(const Post& post, Instant now) const;
  void look(Post& post, Instant now, const EditionPtr& in_force);
  void record(Post& post, NetSequence::Repaired found);
  void conclude(Post& post, bool changed_by_us, Result<NetSequence::Repaired> outcome);
  bool borrows_anew(const Post& post) const;

  const Premises& premises_;
  Concerns concerns_;
  NetSequence look_;
  EditionPtr looked_with_;  // its plan is open while net-apply runs; null: none runs
  std::uint32_t failures_ = 0;
  bool standing_ = false;
  std::array<Post, 3> posts_;
};

}  // namespace gw::supervisor
