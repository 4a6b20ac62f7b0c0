#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "edition.h"
#include "identity_shelf.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/operator.h"
#include "model/certificate_roll.h"
#include "model/renewal.h"
#include "premises.h"
#include "publisher.h"
#include "running.h"

namespace gw::supervisor {

/// Keeps the certificates of the box itself new (CRT-03): lets a renewer look after those of each tenant when
/// it asked to, one tenant after the other, keeps what it says, unread, and puts what has become new in
/// force.
class Renewals {
 public:
  /// What it needs of the box.
  struct Box {
    std::function<EditionPtr()> in_force;
    std::function<EditionPtr()> settled;  ///< the same, but null while a publication is under way
    std::function<Result<ipc::Channel>(const ipc::compartment::KeyWork&)> work_with_keys;
    std::function<Result<ipc::Channel>(const std::string& tenant)> dial_as_guest;
    std::function<void(Publisher::Finished)> publish_again;
  };

  Renewals(const Premises& premises, const std::string& state_folder, Box box);
  Renewals(const Renewals&) = delete;
  Renewals& operator=(const Renewals&) = delete;

  /// What came of an order: of a request that, PEM, sealed; of others nothing.
  using Finished = std::function<void(Result<UniqueFd>)>;
  struct Order {
    ipc::op::IdentityOrder what{};
    UniqueFd input{};  ///< sealed, as the order's act says
  };
  /// Kept, and looked after at once; whatever comes of it beyond a request, the log says. identity.unknown if
  /// the configuration in force has no such identity.
  void order(Order order, Finished finished);
  /// The last of each identity that something was tried for.
  std::vector<model::CertificateState::Attempt> attempts() const;
  void tick(Instant now);
  void stop();

 private:
  enum class Standing : std::uint8_t { open, stopped };
  /// What a renewer works on.
  struct Run {
    model::TenantId tenant{};
    std::string name{};
    model::ManagedIdentities identities{};
    bool has_news = false;      ///< a certificate in use has changed
    bool has_finished = false;  ///< it said when to look again
    std::unique_ptr<Running> renewer{};
    Instant late{};
  };

  /// Somebody waits for the request of an identity.
  struct Waiting {
    std::string tenant{};
    std::string identity{};
    Finished finished{};
  };

  Result<> take(const Order& order);
  void follow(const EditionPtr& edition, Instant now);
  Result<> hand_out(const std::string& identity, UniqueFd request);
  void turn_away(const std::string& tenant);
  std::vector<Waiting> take_waiting(const std::function<bool(const Waiting&)>& wanted);
  void begin(const Edition& edition, model::TenantId tenant, Instant now);
  Result<> start(const Edition& edition, model::TenantId tenant);
  Result<model::RenewalOrder> order_of(const Edition& edition) const;
  void hear(ipc::Frame& frame);
  Result<> keep(ipc::Frame& frame);
  Result<> finish(const ipc::Frame& frame);
  void note(std::chrono::milliseconds at, const ipc::renewal::Attempt& attempt);
  void end(const sys::Ending& ending, const std::string& words);
  void publish();
  void record(const Error& why, const std::string& tenant) const;

  const Premises& premises_;
  IdentityShelf shelf_;
  Box box_;
  std::map<model::TenantId, Instant>
      due_;  // of tenants that have identities; max(): it is being looked after
  model::Generation followed_{};
  std::optional<Run> run_;
  bool has_news_ = false;  // not in force yet
  Instant news_due_{};
  std::vector<Waiting> waiting_;
  std::map<std::pair<std::string, std::string>, model::CertificateState::Attempt>
      attempts_{};  // by tenant and identity
  Standing standing_ = Standing::open;
};

}  // namespace gw::supervisor
