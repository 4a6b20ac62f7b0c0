#pragma once

#include <functional>
#include <map>
#include <optional>

#include "base/floored_clock.h"
#include "base/secret.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/record_sink.h"
#include "keys/desk.h"
#include "model/key_ring.h"

namespace gw::keys {

/// From what a configured key file says, the key. Errors name what is missing.
using Opener = std::function<Result<PrivateKeyPtr>(const Secret& reference)>;

/// The only holder of the box's private keys (CRT-01). Takes them from the supervisor in two phases, and
/// signs the handshakes of each tenant's proxyd with that tenant's keys; nobody else is heard, and nothing
/// else is signed. One thread, and a lane for slow keys.
///
/// A keeper that does not answer (a TPM that is gone) refuses a new configuration. A keyd that has just been
/// started goes on without such keys, so that one tenant's loss is no other's, and ends after kRetry, or as
/// soon as a keeper is lost: the next one is handed whatever keeps keys anew.
class Service {
 public:
  Service(ipc::Channel control, ipc::RecordSink& records, Opener opener, Lane& lane, FlooredClock& clock);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  static constexpr std::chrono::seconds kRetry{60};

  /// Says `ready` and serves until it is told to end, or the supervisor's channel ends. key.unavailable when
  /// a keeper is to be tried anew.
  Result<> serve();

 private:
  enum class Standing : std::uint8_t { serving, drained };

  void wait();
  void attend();
  Result<> sign_slow();
  Result<> tell_slow(const Finished& finished);
  void stage(model::Generation generation, model::KeyRing::Entry& entry);
  bool go_on_without(const model::KeyRing::Entry& entry, const Error& why);
  bool attend_to(std::uint64_t number, Desk& desk);
  bool dismiss(const Desk& desk, const Error& why);
  Result<> obey();
  Result<> act_on(ipc::Frame frame);
  Result<> raise_clock(const ipc::Frame& frame);
  Result<> take_ring(const ipc::Frame& frame);
  void forget_staged();
  Result<> prepare(const ipc::Frame& frame);
  Result<> commit(const ipc::Frame& frame);
  Result<> meet_proxy(ipc::Frame& frame);

  ipc::Channel control_;
  ipc::RecordSink& records_;
  Opener opener_;
  Lane& lane_;
  FlooredClock& clock_;
  ipc::Conversation conversation_{ipc::compartment::kToKeys};
  Vault vault_;
  model::Generation staged_{};  // not in force yet
  std::optional<Error> flaw_;   // of what is staged
  std::map<std::uint64_t, Desk> desks_;
  std::uint64_t last_desk_ = 0;
  bool fresh_ = true;                // nothing was ever in force here
  std::optional<Instant> retry_at_;  // keys are missing
  Standing standing_ = Standing::serving;
};

}  // namespace gw::keys
