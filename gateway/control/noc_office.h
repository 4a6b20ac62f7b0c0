#pragma once

#include <array>
#include <optional>
#include <string>

#include "control/chronicle.h"
#include "control/errand.h"
#include "control/noc_desk.h"
#include "control/noc_feed.h"
#include "control/record_store.h"
#include "control/terminal_ends.h"
#include "ipc/messages/control_records.h"

namespace gw::control {

/// What the operations centre is told, from when there is one in the configuration on: passes records on,
/// looks at the box once a round, and keeps all of it until an agent says that it arrived (F3). Where that
/// cannot be kept it is told once and tried again: the box's own records never wait for it. One thread.
class NocOffice {
 public:
  /// All outlive it. Keeps what waits in `folder`, with those rooms.
  NocOffice(RecordStore& store, Chronicle& records, const Clock& clock, std::string folder = ".",
            const spool::Budgets& budgets = spool::usual_budgets())
      : store_(store), records_(records), clock_(clock), folder_(std::move(folder)), budgets_(budgets) {}
  NocOffice(const NocOffice&) = delete;
  NocOffice& operator=(const NocOffice&) = delete;

  /// What waits and is damaged is given up. message.malformed.
  Result<> hear(const ipc::Frame& plan);
  /// How each class stands; nothing: nobody is to be told, or it cannot be kept at the moment.
  using Tallies = std::array<spool::Tally, spool::kClasses>;
  Result<std::optional<Tallies>> tallies();
  const spool::Budgets& budgets() const { return budgets_; }
  /// In the place of the agent before.
  void admit(ipc::Channel agent);
  std::optional<int> fd() const { return desk_ ? std::optional(desk_->fd()) : std::nullopt; }
  std::optional<Instant> due() const { return plan_ ? std::optional(due_) : std::nullopt; }
  /// What is due, and what an agent wants.
  void tick(ErrandLine& errands, ImageShelf& images);
  /// What an agent has brought from the operations centre for the box, once.
  std::optional<std::vector<std::uint8_t>> orders() { return std::exchange(orders_, std::nullopt); }
  /// Has a round come about without trouble, as its agent says? Told once.
  bool has_come_about() { return std::exchange(has_come_about_, false); }
  /// What came of an errand, if it was one of its own.
  void told(const ErrandLine::Answer& answer, const TerminalEnds& terminals);

 private:
  enum class Question : std::uint8_t { sessions, certificates, update, state };
  static constexpr std::size_t kQuestions = 4;
  /// What there is while somebody is told.
  struct Works {
    spool::Spool spool;
    metrics::Ledger ledger{};
    PathTimes paths{};
    Tallies told{};  ///< of each class, as it was told last
  };

  static constexpr std::chrono::minutes kRetryEvery{1};

  Result<> begin();
  Result<> go_on(ErrandLine& errands);
  /// Lets go of what it cannot work with, until it is tried again.
  void pause(const Error& why);
  Result<> feed();
  Result<> tell_gaps();
  void look(ErrandLine& errands);
  Result<> hear_answer(Question question, const ipc::Frame& frame, const TerminalEnds& terminals);
  Result<> write_down(const ipc::op::State& state);

  RecordStore& store_;
  Chronicle& records_;
  const Clock& clock_;
  std::string folder_;
  spool::Budgets budgets_;
  std::optional<ipc::control_records::NocPlan> plan_{};  // none: nobody is to be told
  std::optional<Works> works_{};                         // none: or it is paused
  bool is_pause_told_ = false;
  std::optional<NocDesk> desk_{};
  std::optional<std::vector<std::uint8_t>> orders_{};
  bool has_come_about_ = false;
  Instant due_{}, look_due_{};
  std::array<std::uint64_t, kQuestions> errands_{};  // numbers; zero: none is under way
  model::Generation adopted_{};
};

}  // namespace gw::control
