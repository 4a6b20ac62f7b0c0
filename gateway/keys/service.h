#pragma once

#include <map>
#include <optional>

#include "base/floored_clock.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/record_sink.h"
#include "keys/desk.h"
#include "keys/keeper.h"
#include "keys/lane.h"
#include "keys/work_desk.h"
#include "model/key_ring.h"

namespace gw::keys {

/// The only holder of the box's private keys (CRT-01). Takes them from the supervisor in two phases, and
/// signs the handshakes of each tenant's proxyd with that tenant's keys. One-shots that issue and renew work
/// at desks of their own, within their trade; nobody else is heard, and nothing else is signed. One thread,
/// and a lane for whatever takes its time.
///
/// A keeper that does not answer (a TPM that is gone) refuses a new configuration. A keyd that has just been
/// started goes on without such keys, so that one tenant's loss is no other's, and ends after kRetry, or as
/// soon as a keeper is lost: the next one is handed whatever keeps keys anew.
class Service {
 public:
  /// All outlive it.
  Service(ipc::Channel control, ipc::RecordSink& records, Keeper& keeper, Lane& lane, TradeRule trade_rule,
          FlooredClock& clock);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  static constexpr std::chrono::seconds kRetry{60};

  /// Says `ready` and serves until it is told to end, or the supervisor's channel ends. key.unavailable when
  /// a keeper is to be tried anew.
  Result<> serve();

 private:
  enum class Standing : std::uint8_t { serving, drained };

  /// A generation that is not in force yet. Its keys are opened on the lane.
  struct Staged {
    model::Generation generation{};
    std::size_t opening = 0;                   ///< keys still to be opened
    std::optional<Error> flaw{};               ///< the first key that cannot be had
    std::optional<std::uint64_t> prepare_for;  ///< the request that waits for the last of them
  };
  using StagedPtr = std::shared_ptr<Staged>;

  void wait();
  void attend();
  Result<> hear_lane();
  void open_on_lane(const StagedPtr& staged, model::KeyRing::Entry entry);
  Result<> take_in(const StagedPtr& staged, const model::KeyRing::Entry& entry,
                   const Result<HeldKeyPtr>& held);
  bool go_on_without(const model::KeyRing::Entry& entry, const Error& why);
  bool attend_to(std::uint64_t number, Desk& desk);
  bool attend_to(std::uint64_t number, WorkDesk& desk);
  void close(WorkDesk& desk);
  void sign_on_lane(std::uint64_t number, const Desk& desk, Desk::Asked asked);
  Result<> tell(std::uint64_t number, std::uint64_t request,
                const Result<std::vector<std::uint8_t>>& signature);
  Result<> tell(std::uint64_t number, std::uint64_t request, const WorkDesk::Answer& answer);
  template <class AnyDesk>
  bool dismiss(const AnyDesk& desk, const Error& why);
  Result<> obey();
  Result<> act_on(ipc::Frame frame);
  Result<> raise_clock(const ipc::Frame& frame);
  Result<> take_ring(const ipc::Frame& frame);
  void end_keys(Vault::Dropped keys);
  void forget_staged();
  Result<> prepare(const ipc::Frame& frame);
  Result<> answer_prepare(std::uint64_t request);
  Result<> commit(const ipc::Frame& frame);
  Result<> meet_proxy(ipc::Frame& frame);
  Result<> meet_worker(ipc::Frame& frame);

  ipc::Channel control_;
  ipc::RecordSink& records_;
  Keeper& keeper_;
  Lane& lane_;
  TradeRule trade_rule_;
  FlooredClock& clock_;
  ipc::Conversation conversation_{ipc::compartment::kToKeys};
  Vault vault_;
  StagedPtr staged_;  // null: nothing
  std::map<std::uint64_t, Desk> desks_;
  std::map<std::uint64_t, WorkDesk> work_desks_;
  std::uint64_t last_desk_ = 0;
  bool fresh_ = true;                // nothing was ever in force here
  std::optional<Instant> retry_at_;  // keys are missing
  Standing standing_ = Standing::serving;
};

}  // namespace gw::keys
