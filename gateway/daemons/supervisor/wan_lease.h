#pragma once

#include <memory>
#include <optional>
#include <string>

#include "backoff.h"
#include "edition.h"
#include "ipc/messages/control_dhcp.h"
#include "ipc/messages/operator.h"
#include "running.h"

namespace gw::supervisor {

/// What the Internet's side borrows (decisions/0017): keeps the DHCP client running while the configuration
/// in force borrows, judges what it says, and holds the lease until its end. A client that dies takes nothing
/// with it; one that says the lease is lost, a lease that ends, and a configuration that forbids it do.
class WanLease {
 public:
  explicit WanLease(const Premises& premises) : premises_(premises) {}
  WanLease(const WanLease&) = delete;
  WanLease& operator=(const WanLease&) = delete;

  /// `in_force` is null while there is nothing, or while a publication changes it: then all stays.
  void tick(Instant now, const EditionPtr& in_force);
  void stop();
  std::vector<ipc::op::ProcessState> states() const;
  /// What it holds now, and until when.
  std::optional<ipc::op::NetworkState::Borrowed> held(Instant now, CivilTime civil) const;

 private:
  void follow(const EditionPtr& in_force);
  void start(Instant now);
  void hear(const ipc::Frame& frame);
  void take(const ipc::dhcp::Lent& lent);
  void refuse(const model::Lease& lease, const char* why);
  void lose(const char* why);
  void end(const sys::Ending& ending, const std::string& words);
  std::vector<std::string> arguments() const;

  const Premises& premises_;
  std::string interface_{};  // that borrows; empty: none does
  std::vector<model::Prefix> clinic_{};
  std::unique_ptr<Running> client_{};
  Backoff backoff_{};
  Instant start_at_{};
  Instant ends_at_{};
  std::optional<model::Lease> refused_{};  // the last one, which is told once
  bool lent_ = false;                      // by the client that runs: only then has it something to lose
};

}  // namespace gw::supervisor
