#include "disposal.h"

#include "asker.h"
#include "model/update_state.h"
#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

constexpr const char* kOrder = "dispose";  // firmware/image: sekisho-dispose.path

}  // namespace

std::chrono::milliseconds Disposal::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(clock_.civil_now().time_since_epoch());
}

bool Disposal::stands() const { return proposal_ && now() < proposal_->until; }

model::DisposalState Disposal::state(bool is_appliance) const {
  return {is_appliance, stands() ? proposal_ : std::nullopt, agreed_by_};
}

Result<> Disposal::order(const Order& order, bool is_appliance) {
  if (!is_appliance) return Error{ErrorCode::disposal_impossible};
  if (order.act == Order::Act::propose) return propose(order);
  if (!stands()) return Error{ErrorCode::disposal_none_proposed};
  if (order.act == Order::Act::agree) return agree(order);
  record(EventId::disposal_withdrawn, order);
  proposal_.reset();
  return Done{};
}

Result<> Disposal::propose(const Order& order) {
  if (stands()) return Error{ErrorCode::disposal_proposed_already};
  proposal_ = {order.by.name, order.reason, now(), now() + kStands};
  record(EventId::disposal_proposed, order);
  return Done{};
}

/// Whoever proposed it can be one half of a mistake, or of a theft; never both.
Result<> Disposal::agree(const Order& order) {
  if (order.by.name == proposal_->by) return Error{ErrorCode::disposal_same_person};
  const std::string told = "proposed " + model::in_one_line(proposal_->by) + "\nat " +
                           std::to_string(proposal_->at.count()) + "\nreason " +
                           model::in_one_line(proposal_->reason) + "\nagreed " +
                           model::in_one_line(order.by.name) + "\n";
  record(EventId::disposal_agreed, order);
  GW_TRY(sys::write_durably(folder_, kOrder, as_bytes(told)));
  agreed_by_ = order.by.name;
  return Done{};
}

void Disposal::record(EventId id, const Order& order) {
  journal_.write(event_by(id, order.by).add(Field::reason, order.reason));
}

}  // namespace gw::supervisor
