#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "edition.h"
#include "ipc/messages/operator.h"
#include "listeners.h"
#include "seat.h"

namespace gw::supervisor {

/// All tenants' pairs of proxyd and dialerd, with an enrold where terminals enrol; keyd, and the name service
/// if a segment asks for it, and webd if browsers administer the box. Keeps each pair, and whoever shows a
/// certificate with keyd, joined, and everybody on the edition in force; offers a pending edition to all of
/// them when one is published.
class Compartments {
 public:
  /// `changed` after each answer of a seat; `failed` when a seat cannot take the pending edition.
  /// `enrol` when a terminal of a tenant asks for a certificate; the answer may come later, or never.
  struct Ears {
    using Answer = std::function<void(const Result<UniqueFd>& product)>;
    std::function<void()> changed;
    std::function<void(const std::string& why)> failed;
    std::function<void(const std::string& tenant, const ipc::compartment::Enrol& wanted, Answer answer)>
        enrol;
    /// webd's end of a channel to controld; records.unavailable while that is away.
    std::function<Result<UniqueFd>()> controld;
    /// What a tenant's proxyd said to what it was asked.
    std::function<void(const std::string& tenant, const ipc::Frame& said)> reported;
  };
  Compartments(const Premises& premises, KeyPlaces& key_places, const Listeners& listeners, Ears ears);

  /// Starts the compartments the edition adds and offers it to all. One whose place (and account) goes to
  /// another tenant ends at once: two tenants never share an account.
  void prepare(EditionPtr edition);
  bool all_prepared() const;
  /// Who has not answered yet: "no answer from proxyd of a, dialerd of b".
  std::string unprepared() const;
  /// From here on the pending edition is the one in force.
  void commit();
  bool all_adopted() const;
  /// Who has not adopted the edition in force is started again.
  void kill_laggards();
  void abandon();

  /// In force at once, for compartments to come as well (ISO-10).
  void cut(std::vector<model::Cut> cuts, model::Intake intake);
  /// To those who judge certificates.
  void tell_earliest();
  /// Ends them: they come back with the earliest time as it is now. Their sessions end. How many tenants'
  /// sessions those are.
  std::uint32_t start_judges_anew();

  /// A one-shot's end of a channel to its tenant's dialer. est.unreachable if that is away.
  Result<ipc::Channel> dial_as_guest(const std::string& tenant);
  /// A one-shot's end of a channel on which keyd signs handshakes with the keys of that owner, as for a
  /// judge. key.unavailable if keyd is away.
  Result<ipc::Channel> sign_as(const std::string& owner);
  /// A one-shot's end of a channel to keyd. key.unavailable if keyd is away.
  Result<ipc::Channel> work_with_keys(const ipc::compartment::KeyWork& trade);

  /// Tenants whose proxyd can be asked, with their places.
  std::map<std::string, model::TenantId> proxies() const;
  /// Something about its sessions.
  void inquire(const std::string& tenant, ipc::compartment::Msg question,
               const std::vector<std::uint8_t>& body, const std::vector<int>& fds);

  void tick(Instant now);
  /// Asks all to end; nothing is started any more.
  void drain(Instant now);
  bool empty() const { return homes_.empty() && leaving_.empty(); }

  const EditionPtr& in_force() const { return current_; }
  /// Sessions kept and closed, summed over the seats' last adoption.
  ipc::compartment::Adopted adoption() const;
  std::vector<ipc::op::ProcessState> states() const;

 private:
  /// The seats of one owner.
  struct Home {
    Owner owner;
    std::vector<std::unique_ptr<Seat>> seats{};
  };
  /// The account it takes: a tenant's number, or one of the box's own.
  using Place = std::pair<std::optional<model::TenantId>, std::optional<RoleId>>;
  struct Leaving {
    Home home;
    Instant until;
  };

  void follow(const Edition& edition);
  bool has_prepared(const Seat& seat) const;
  void move_in(const Owner& owner, std::initializer_list<RoleId> roles);
  void retire_others(const Edition* edition, Instant now);
  void retire(Home home, Instant until);
  void hear(Seat& seat, SeatNews news);
  void tend(Seat& seat);
  void join(Seat& seat);
  void open_keys(Seat& keyd);
  void give_keys(Seat& judge);
  void pass_on_question(const Seat& enrold);
  void give_controld(Seat& webd);
  void end_misuse(const ipc::compartment::Misused& misuse);
  model::CutOff cut_off_of(const std::string& tenant) const;
  const EditionPtr& target() const { return pending_ ? pending_ : current_; }
  template <class Act>
  void for_each(Act act) const;
  template <class Test>
  bool all(Test test) const;

  const Premises& premises_;
  KeyPlaces& key_places_;
  const Listeners& listeners_;
  Ears ears_;
  EditionPtr current_, pending_;
  std::vector<model::Cut> cuts_;
  model::Intake intake_ = model::Intake::open;
  std::map<Place, Home> homes_;
  std::vector<Leaving> leaving_;
  std::uint32_t keyd_pid_ = 0;  // of the keyd that has its keys
};

}  // namespace gw::supervisor
