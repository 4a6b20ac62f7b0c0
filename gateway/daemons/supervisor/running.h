#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/codec.h"
#include "ipc/conversation.h"
#include "premises.h"
#include "topology.h"

namespace gw::supervisor {

/// What a start adds to the role.
struct Order {
  model::TenantId tenant{};
  std::string tenant_name{};
  std::vector<std::string> arguments{};
  std::vector<sys::Placed> inputs{};
  std::optional<Ground> ground{};   ///< another than the role's
  std::optional<int> network{};     ///< a namespace that is none of the box's, in its stead
  std::optional<RoleId> program{};  ///< whose program runs in the role's confinement, if not its own
};

/// Who wants to know. `said` gets messages its sender may send now; it must not destroy the process.
/// `ended` comes once and last, and may.
struct Ears {
  std::function<void(ipc::Frame&)> said;
  std::function<void(const sys::Ending&, const std::string& last_words)> ended;
};

/// A process of the box while it runs, with its wires: control, records, last words. Records go to the
/// journal under the name the supervisor knows, not one the process gives. Whoever breaks its conversation,
/// or does not take what it is sent, is killed. Destroying this kills the process and waits for its end.
class Running {
 public:
  static Result<std::unique_ptr<Running>> start(const Premises& premises, const Role& role, Order order,
                                                std::span<const ipc::Permit> may_say, Ears ears);
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running();

  template <class Msg, class Body>
  void tell(Msg message, const Body& body, std::vector<int> fds = {}) {
    send(ipc::type_number(message), encode(body), std::move(fds));
  }
  template <class Msg>
  void tell(Msg message, std::vector<int> fds = {}) {
    send(ipc::type_number(message), {}, std::move(fds));
  }
  template <class Phase>
  void enter(Phase phase) {
    conversation_.enter(phase);
  }
  void send(std::uint16_t type, const std::vector<std::uint8_t>& body, std::vector<int> fds);
  void kill() const { sys::kill(child_); }
  /// Tells what records were lost; kills whoever has closed its channel and does not end.
  void tick(Instant now);
  /// Returns when it runs no more; `ended` still comes.
  void kill_at_once() const;
  pid_t pid() const { return child_.pid; }

 private:
  Running(const Premises& premises, const Role& role, Order order, std::span<const ipc::Permit> may_say,
          Ears ears);
  Result<> begin();
  void hear(int most);
  void hear_records(int most);
  bool take(ipc::Frame& frame);
  bool take_record(const ipc::Frame& frame);
  void tell_lost();
  void forget() const;
  void on_end();
  std::string last_words() const;

  const Premises& premises_;
  const Role& role_;
  Order order_;
  ipc::Conversation conversation_;
  ipc::Conversation records_;
  Ears ears_;
  RecordBudget budget_;
  sys::Child child_;
  std::optional<Instant> closed_;
  ipc::Channel control_{UniqueFd()};
  ipc::Channel log_{UniqueFd()};
  UniqueFd words_;
};

}  // namespace gw::supervisor
