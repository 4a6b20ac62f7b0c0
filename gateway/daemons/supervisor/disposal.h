#pragma once

#include <string>

#include "base/clock.h"
#include "ipc/messages/operator.h"
#include "journal.h"
#include "model/disposal.h"

namespace gw::supervisor {

/// Two persons have the box forget everything (DSP-01), one of them an approver and the other not. The
/// supervisor itself can erase nothing: some time after they agreed it leaves a word, for which a unit of the
/// image looks (firmware/erase); until then anybody who may dispose of the box withdraws it. Both are whom
/// controld says they are (doc/threat_model.md), so a box whose profile has a button does nothing unless
/// somebody who stands before it presses that meanwhile, which controld has no hand in (decisions/0074);
/// where nobody would see that, nothing is proposed and nothing agreed to.
class Disposal {
 public:
  /// A proposal that nobody agrees to by then is none.
  static constexpr std::chrono::hours kStands{1};
  /// From the agreement to the word.
  static constexpr std::chrono::minutes kGrace{10};

  Disposal(Journal& journal, const Clock& clock, std::string folder)
      : journal_(journal), clock_(clock), folder_(std::move(folder)) {}

  /// `up`: since the machine's start, as the board has it: a press that began before the agreement is no
  /// answer to it. disposal.impossible, disposal.button_unwatched, disposal.none_proposed,
  /// disposal.proposed_already, disposal.same_person.
  Result<> order(const ipc::op::DisposalOrder& order, bool is_appliance, const model::BoardState& board,
                 std::chrono::milliseconds up);
  model::DisposalState state(bool is_appliance) const;
  /// Time has passed, and the panel may have told more.
  void tick(Instant now, const model::BoardState& board);
  /// The box is about to erase itself, and its lights say that it needs somebody.
  bool is_agreed() const { return !agreed_by_.empty(); }

 private:
  using Order = ipc::op::DisposalOrder;
  using Button = model::DisposalState::Button;
  Result<> propose(const Order& order);
  Result<> agree(const Order& order, const model::BoardState& board, std::chrono::milliseconds up);
  void mind_button(const model::BoardState& board);
  void leave_word(Instant now);
  void forget();
  void record(EventId id, const Order& order);
  std::chrono::milliseconds now() const;
  bool stands() const;

  Journal& journal_;
  const Clock& clock_;
  std::string folder_;
  std::optional<model::DisposalState::Proposal> proposal_{};
  ipc::op::Administrator proposer_{};
  Instant due_{};  ///< the proposal's end, or the order's moment
  std::string agreed_by_{}, order_{};
  Button button_ = Button::none;
  std::chrono::milliseconds agreed_at_{0};  ///< since the machine's start
  bool is_ordered_ = false;
};

}  // namespace gw::supervisor
