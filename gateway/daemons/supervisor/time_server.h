#pragma once

#include <memory>
#include <vector>

#include "backoff.h"
#include "edition.h"
#include "ipc/messages/operator.h"
#include "running.h"

namespace gw::supervisor {

/// The time service for terminals (TIM-02): Debian's chrony, kept in a cage in ns lan. Runs while the edition
/// in force has segments that ask for it, is started again with a growing pause, and anew when they change.
/// It knows whom to serve from its start, so it has no part in a publication. Only where the kernel's rules
/// stand: they decide where port 123 is open.
class TimeServer {
 public:
  explicit TimeServer(const Premises& premises) : premises_(premises) {}
  TimeServer(const TimeServer&) = delete;
  TimeServer& operator=(const TimeServer&) = delete;

  /// `in_force` is null while there is nothing, or while a publication changes it: then nothing is started.
  void tick(Instant now, const EditionPtr& in_force);
  void stop();
  /// None while nobody asks for the time.
  std::vector<ipc::op::ProcessState> states() const;

 private:
  void serve(const std::vector<model::Prefix>& segments);
  void start(Instant now);
  Result<std::unique_ptr<Running>> become_chronyd();
  void end(const sys::Ending& ending, const std::string& words);

  const Premises& premises_;
  std::vector<model::Prefix> segments_{};  ///< whom it serves; none: it does not run
  Instant start_at_{};
  Backoff backoff_{};
  std::unique_ptr<Running> running_{};
};

}  // namespace gw::supervisor
