#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "edition.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/operator.h"
#include "ipc/messages/site.h"
#include "premises.h"
#include "running.h"

namespace gw::supervisor {

/// The site's own authority, which certifies its terminals (LAN-01, CRT-07): gives each order to a registrar
/// of its own, one after the other, and keeps what that leaves behind, unread, in the state folder.
class SiteAuthority {
 public:
  /// The sealed model::SiteProduct, or why nothing came of the order.
  using Finished = std::function<void(Result<UniqueFd>)>;
  /// What it needs of the box.
  struct Box {
    std::function<Result<ipc::Channel>(const ipc::compartment::KeyWork&)> work_with_keys;
    std::function<EditionPtr()> in_force;
    std::function<void()> blocks_changed;
    /// Has somebody cut off or blocked the terminal, or the certificate that it shows?
    std::function<bool(const model::SiteOrder&)> is_shut_out;
  };
  enum class By : std::uint8_t { clinic, terminal };
  struct Order {
    By by = By::clinic;
    model::SiteOrder what{};
    std::string reason{};  ///< whoever orders says why
    UniqueFd input{};      ///< sealed, as the order's verb wants it
    ipc::op::Administrator administrator{};
  };

  SiteAuthority(const Premises& premises, std::string state_folder, Box box);
  SiteAuthority(const SiteAuthority&) = delete;
  SiteAuthority& operator=(const SiteAuthority&) = delete;

  /// The clinic's come before those of terminals. A terminal's word is not taken for whether it may.
  void order(Order order, Finished finished);
  /// Once an hour what has ended since is taken into account, and a new revocation list is made.
  void tick(Instant now);
  void stop();
  /// Certificates that the register says count no more (CRT-04).
  const std::vector<model::Cut>& blocks() const { return blocks_; }

 private:
  struct Waiting {
    Order order;
    Finished finished;
  };
  enum class Standing : std::uint8_t { open, stopped };

  bool has_room_for(const Order& order) const;
  void next();
  Result<> begin(const Order& order);
  void hear(ipc::Frame& frame);
  Result<UniqueFd> keep(ipc::Frame& frame);
  Result<> keep_before() const;
  Result<> keep_file(const char* name, int sealed) const;
  void trouble(const std::string& what) const;
  void fail(const Error& error);
  void end(const sys::Ending& ending, const std::string& words);
  void record(const std::string& what) const;
  bool is_founded() const;

  const Premises& premises_;
  std::string folder_;
  Box box_;
  std::vector<model::Cut> blocks_;
  std::deque<Waiting> waiting_;  // the first is under way while there is a registrar
  std::unique_ptr<Running> registrar_;
  std::optional<Result<UniqueFd>> outcome_;
  Instant look_due_{};
  Instant late_{};  // the registrar must have ended by then
  Standing standing_ = Standing::open;
};

}  // namespace gw::supervisor
