#include "update_watch.h"

#include "asker.h"
#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

constexpr std::chrono::seconds kEach{2}, kRetry{60};
constexpr std::size_t kMostTold = 4096;
constexpr const char* kTold = "/update";
constexpr const char* kOrder = "restart";    // firmware/image: sekisho-restart.path
constexpr const char* kInstall = "install";  // sekisho-fetched.path

Event told_of(const model::UpdateState& state) {
  Event event = Event(EventId::update_told).add(Field::object, state.version + " in slot " + state.slot);
  if (state.is_on_trial) event.add(Field::before, "on trial");
  if (state.is_fallback) event.add(Field::before, "the other slot is the first choice and did not come up");
  if (!state.last) return event;
  return event
      .add(Field::after, "slot " + state.last->slot + ": " + std::string(model::word_of(state.last->stage)))
      .add(Field::detail, state.last->because);
}

}  // namespace

void UpdateWatch::tick(Instant now, const std::optional<model::DailyWindow>& window) {
  if (now < due_) return;
  due_ = now + kEach;
  look();
  state_.window = window;
  if (!window || is_ordered_ || !state_.is_waiting()) return;
  if (!window->covers(std::chrono::floor<std::chrono::seconds>(clock_.civil_now().time_since_epoch())))
    return;
  const auto ordered = order_restart(
      Event(EventId::update_restart).add(Field::reason, "the window " + window->to_text() + " is open"));
  is_ordered_ = static_cast<bool>(ordered);
  if (is_ordered_) return;
  due_ = now + kRetry;
  journal_.write(Event(EventId::update_told).add(Field::detail, ordered.error().to_text()));
}

void UpdateWatch::look() {
  const auto told = sys::read_kept(folder_ + kTold, kMostTold);
  if (!told || told->empty()) return;
  const std::string text(as_text(*told));
  if (text == seen_) return;
  seen_ = text;
  auto read = model::read_update_state(text);
  if (!read) return journal_.write(Event(EventId::update_told).add(Field::detail, read.error().to_text()));
  state_ = *std::move(read);
  is_ordered_ = false;
  journal_.write(told_of(state_));
}

Result<> UpdateWatch::restart(const ipc::op::RestartOrder& order) {
  if (!state_.is_waiting()) return Error{ErrorCode::update_none_waiting};
  return order_restart(event_by(EventId::update_restart, order.by).add(Field::reason, order.reason));
}

Result<> UpdateWatch::install(const ipc::op::InstallOrder& order) {
  const bool is_writing = state_.last && state_.last->stage == model::UpdateStage::installing;
  if (!state_.is_appliance() || state_.is_on_trial || is_writing)
    return Error{ErrorCode::update_none_fetched, "an image is tried or written, or there is no other slot"};
  GW_TRY(sys::write_durably(folder_, kInstall, as_bytes(order.sha256 + "\n")));
  journal_.write(event_by(EventId::update_install, order.by)
                     .add(Field::object, order.version)
                     .add(Field::digest, order.sha256)
                     .add(Field::reason, order.reason));
  return Done{};
}

Result<> UpdateWatch::order_restart(Event event) {
  GW_TRY(sys::write_durably(folder_, kOrder, as_bytes(std::string_view("sekisho\n"))));
  journal_.write(event.add(Field::object, "slot " + state_.last->slot));
  return Done{};
}

}  // namespace gw::supervisor
