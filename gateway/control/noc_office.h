#pragma once

#include <array>
#include <optional>
#include <string>

#include "control/chronicle.h"
#include "control/errand.h"
#include "control/noc_desk.h"
#include "control/noc_feed.h"
#include "control/record_store.h"
#include "ipc/messages/control_records.h"

namespace gw::control {

/// What the operations centre is told, from when there is one in the configuration on: passes records on,
/// looks at the box once a round, and keeps all of it until an agent says that it arrived (F3). One thread.
class NocOffice {
 public:
  /// All outlive it. Keeps what waits in `folder`, with those rooms.
  NocOffice(RecordStore& store, Chronicle& records, const Clock& clock, std::string folder = ".",
            const spool::Budgets& budgets = spool::usual_budgets())
      : store_(store), records_(records), clock_(clock), folder_(std::move(folder)), budgets_(budgets) {}
  NocOffice(const NocOffice&) = delete;
  NocOffice& operator=(const NocOffice&) = delete;

  /// What waits and is damaged is given up. store.failed; and message.malformed.
  Result<> hear(const ipc::Frame& plan);
  /// In the place of the agent before.
  void admit(ipc::Channel agent);
  std::optional<int> fd() const { return desk_ ? std::optional(desk_->fd()) : std::nullopt; }
  std::optional<Instant> due() const { return works_ ? std::optional(due_) : std::nullopt; }
  /// What is due, and what an agent wants.
  Result<> tick(ErrandLine& errands);
  /// What came of an errand, if it was one of its own.
  Result<> told(const ErrandLine::Answer& answer);

 private:
  enum class Question : std::uint8_t { sessions, certificates, state };
  static constexpr std::size_t kQuestions = 3;
  /// What there is while somebody is told.
  struct Works {
    spool::Spool spool;
    metrics::Ledger ledger{};
    std::string site{};
    std::chrono::seconds every{0};
    std::array<spool::Tally, spool::kClasses> told{};  ///< of each class, as it was told last
  };

  Result<> begin();
  Result<> feed();
  Result<> tell_gaps();
  void look(ErrandLine& errands);
  Result<> hear_answer(Question question, const ipc::Frame& frame);
  Result<> write_down(const ipc::op::State& state);

  RecordStore& store_;
  Chronicle& records_;
  const Clock& clock_;
  std::string folder_;
  spool::Budgets budgets_;
  std::optional<Works> works_{};
  std::optional<NocDesk> desk_{};
  Instant due_{}, look_due_{};
  std::array<std::uint64_t, kQuestions> errands_{};  // numbers; zero: none is under way
  model::Generation adopted_{};
};

}  // namespace gw::control
