#include "disposal.h"

#include "asker.h"
#include "model/update_state.h"
#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

constexpr const char* kOrder = "dispose";  // firmware/image: sekisho-dispose.path
constexpr std::chrono::minutes kRetry{1};

/// Who makes accounts makes no approver, and who appoints approvers makes no other account
/// (accounts/permissions.def): so nobody has both halves by making himself a second account.
bool are_two(const ipc::op::Administrator& one, const ipc::op::Administrator& other) {
  constexpr std::string_view kApprover = "approver";
  return one.name != other.name && (one.role == kApprover) != (other.role == kApprover);
}

}  // namespace

std::chrono::milliseconds Disposal::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(clock_.civil_now().time_since_epoch());
}

bool Disposal::stands() const { return proposal_ && (is_agreed() || clock_.now() < due_); }

model::DisposalState Disposal::state(bool is_appliance) const {
  return {is_appliance, stands() ? proposal_ : std::nullopt, agreed_by_, button_};
}

void Disposal::tick(Instant now, const model::BoardState& board) {
  if (!is_agreed() || is_ordered_) return;
  mind_button(board);
  if (now < due_) return;
  if (button_ != Button::needed) return leave_word(now);
  journal_.write(Event(EventId::disposal_withdrawn).add(Field::detail, "nobody pressed the box's button"));
  forget();
}

/// A button that was there once is asked for, whatever becomes of it.
void Disposal::mind_button(const model::BoardState& board) {
  if (button_ == Button::none && board.button != model::BoardState::Button::none) button_ = Button::needed;
  if (button_ != Button::needed || board.pressed <= agreed_at_) return;
  button_ = Button::pressed;
  journal_.write(Event(EventId::disposal_agreed).add(Field::detail, "somebody pressed the box's button"));
}

void Disposal::leave_word(Instant now) {
  const std::string word = order_ + "button " + (button_ == Button::pressed ? "pressed\n" : "none\n");
  const auto told = sys::write_durably(folder_, kOrder, as_bytes(word));
  is_ordered_ = static_cast<bool>(told);
  if (is_ordered_) return;
  due_ = now + kRetry;
  journal_.write(Event(EventId::disposal_agreed).add(Field::detail, told.error().to_text()));
}

void Disposal::forget() {
  proposal_.reset();
  agreed_by_.clear();
  button_ = Button::none;
}

Result<> Disposal::order(const Order& order, bool is_appliance, const model::BoardState& board,
                         std::chrono::milliseconds up) {
  if (!is_appliance) return Error{ErrorCode::disposal_impossible};
  if (order.act != Order::Act::withdraw && board.button == model::BoardState::Button::unwatched)
    return Error{ErrorCode::disposal_button_unwatched};
  if (order.act == Order::Act::propose) return propose(order);
  if (!stands() || is_ordered_) return Error{ErrorCode::disposal_none_proposed};
  if (order.act == Order::Act::agree) return agree(order, board, up);
  record(EventId::disposal_withdrawn, order);
  forget();
  return Done{};
}

Result<> Disposal::propose(const Order& order) {
  if (stands()) return Error{ErrorCode::disposal_proposed_already};
  proposal_ = {order.by.name, order.reason, now(), now() + kStands};
  proposer_ = order.by;
  due_ = clock_.now() + kStands;
  record(EventId::disposal_proposed, order);
  return Done{};
}

/// Whoever proposed it can be one half of a mistake, or of a theft; never both.
Result<> Disposal::agree(const Order& order, const model::BoardState& board, std::chrono::milliseconds up) {
  if (is_agreed()) return Error{ErrorCode::disposal_proposed_already};
  if (!are_two(proposer_, order.by)) return Error{ErrorCode::disposal_same_person};
  order_ = "proposed " + model::in_one_line(proposal_->by) + "\nat " + std::to_string(proposal_->at.count()) +
           "\nreason " + model::in_one_line(proposal_->reason) + "\nagreed " +
           model::in_one_line(order.by.name) + "\n";
  record(EventId::disposal_agreed, order);
  agreed_by_ = order.by.name;
  proposal_->until = now() + kGrace;
  due_ = clock_.now() + kGrace;
  agreed_at_ = up;
  mind_button(board);
  return Done{};
}

void Disposal::record(EventId id, const Order& order) {
  journal_.write(event_by(id, order.by).add(Field::reason, order.reason));
}

}  // namespace gw::supervisor
