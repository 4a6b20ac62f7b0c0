#pragma once

#include <memory>
#include <optional>
#include <string>

#include "backoff.h"
#include "edition.h"
#include "ipc/messages/control_compartment.h"
#include "key_places.h"
#include "listeners.h"
#include "running.h"

namespace gw::supervisor {

/// What a seat tells the compartments.
enum class SeatNews : std::uint8_t {
  ready,
  prepared,
  refused,
  adopted,
  misused,
  asks,
  wants_controld,
  reports,
  ended
};

/// Whose a seat is: a tenant's, or one of the box's own.
struct Owner {
  std::optional<model::TenantId> tenant{};
  std::string name{};           ///< the tenant's
  std::optional<RoleId> own{};  ///< which of the box's own, or of the tenant's besides the pair

  friend auto operator<=>(const Owner&, const Owner&) = default;
};
/// Does the edition hold a part for the owner's seats?
bool has_part_for(const Edition& edition, const Owner& owner);

/// One process of a compartment that is always to run: started, started again with a growing pause, given its
/// part of an edition.
class Seat {
 public:
  enum class State : std::uint8_t { down, joining, ready, leaving, left };
  using Listener = std::function<void(Seat&, SeatNews)>;

  Seat(const Premises& premises, KeyPlaces& key_places, RoleId role, Owner owner, Listener listener);
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

  /// Starts it if its time has come; kills it if it does not join in time.
  void tick(Instant now);
  /// Sends its part of the edition. Whatever it was preparing before is abandoned.
  void stage(const Edition& edition, const Listeners& listeners);
  void commit();
  /// What of its tenant is cut off, now and after every start. For those who judge peers.
  void cut_off(model::CutOff cut_off);
  /// The clock's earliest time has risen.
  void tell_earliest();
  /// Back to what it was told to adopt.
  void abandon();
  void join(int peer);
  /// The two ends of a channel: of whoever judges peers to keyd, of keyd to that one.
  void give_keys(int channel);
  /// webd's end of its channel to controld.
  void give_controld(int channel);
  void give_proxy(const std::string& key_owner, int channel);
  /// The dialer's end of its channel to a one-shot of its tenant.
  void give_guest(int channel);
  /// keyd's end of its channel to a one-shot, and what that may have of it.
  void give_work(const ipc::compartment::KeyWork& trade, int channel);
  /// proxyd: something about its sessions; what it says to that is report().
  void inquire(ipc::compartment::Msg question, std::vector<std::uint8_t> body, std::vector<int> fds);
  /// What came of its question.
  void answer(const Result<UniqueFd>& product);
  /// It is to end and not to come back.
  void leave();
  void kill();
  /// Its account is free when this returns.
  void kill_at_once();

  RoleId role() const { return role_; }
  const Owner& owner() const { return owner_; }
  /// As keyd knows it (model::KeyRing).
  std::string key_owner() const;
  /// "proxyd of a"; of the box's own the name alone.
  std::string title() const;
  State state() const { return state_; }
  model::Generation staged() const { return staged_; }
  model::Generation prepared() const { return prepared_; }
  model::Generation adopted() const { return adoption_.generation; }
  const ipc::compartment::Adopted& adoption() const { return adoption_; }
  /// "proxyd of a: why": what went wrong last.
  std::string complaint() const;
  /// After `misused`: who asked keyd for what it must not ask for, and what that was.
  const ipc::compartment::Misused& misuse() const { return misuse_; }
  /// After `asks`: what a terminal of its tenant wants.
  const ipc::compartment::Enrol& question() const { return *question_; }
  /// After `reports`: what a proxyd was asked.
  const ipc::Frame& report() const { return *report_; }
  std::uint32_t pid() const { return running_ ? static_cast<std::uint32_t>(running_->pid()) : 0; }
  std::uint32_t deaths() const { return backoff_.deaths(); }

 private:
  void start(Instant now);
  Result<std::unique_ptr<Running>> run();
  void hear(ipc::Frame& frame);
  bool understand(const ipc::Frame& frame);
  bool take_question(const ipc::Frame& frame);
  bool take_report(const ipc::Frame& frame);
  void end(const sys::Ending& ending, const std::string& words);
  void stage_proxy(const Edition& edition, const Listeners& listeners);
  void stage_enroller(const Edition& edition, const Listeners& listeners);
  void stage_dialer(const Edition& edition);
  void stage_names(const Edition& edition, const Listeners& listeners);
  void stage_keys(const Edition& edition);
  void stage_web(const Edition& edition, const Listeners& listeners);

  const Premises& premises_;
  KeyPlaces& key_places_;
  RoleId role_;
  Owner owner_;
  Listener listener_;
  State state_ = State::down;
  Instant due_{};  // down: start; joining: too late
  Backoff backoff_;
  model::Generation staged_{}, prepared_{}, committed_{};
  ipc::compartment::Adopted adoption_{};
  model::CutOff cut_off_{};
  std::string complaint_;
  ipc::compartment::Misused misuse_{};
  std::optional<ipc::compartment::Enrol> question_;  // until it is answered
  const ipc::Frame* report_ = nullptr;               // while it is told
  std::unique_ptr<Running> running_;
};

}  // namespace gw::supervisor
