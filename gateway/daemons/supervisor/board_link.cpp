#include "board_link.h"

#include <algorithm>
#include <ctime>

#include "base/codec.h"
#include "sys/slate.h"

namespace gw::supervisor {
namespace {

using model::BoxCondition;

}  // namespace

std::chrono::milliseconds BoardLink::up() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::milliseconds(now.tv_nsec / 1'000'000);
}

BoxCondition condition_shown(BoxCondition own, const ipc::op::Faults& faults,
                             std::chrono::nanoseconds starting_for) {
  if (own == BoxCondition::starting)
    return starting_for < BoardLink::kToServe ? own : BoxCondition::needs_attention;
  if (own == BoxCondition::needs_attention || faults.box) return BoxCondition::needs_attention;
  return own == BoxCondition::serving && faults.beyond ? BoxCondition::cloud_unreachable : own;
}

void BoardLink::tick(Instant now, BoxCondition condition) {
  if (condition != BoxCondition::starting || started_ == Instant{}) started_ = now;
  if (now < due_) return;
  due_ = now + kTellEvery;
  if (!condition_) condition_ = sys::find_slate(folder_ + model::kConditionFile);
  if (!board_) board_ = sys::find_slate(folder_ + model::kBoardFile, sys::SlateUse::read);
  if (condition_) tell(now, condition);
  if (board_) read(now);
  if (state_.button == model::BoardState::Button::watched && up() - state_.told > kSilent)
    state_.button = model::BoardState::Button::unwatched;
}

void BoardLink::tell(Instant now, BoxCondition condition) {
  told_ = condition_shown(condition, faults_, now - started_);
  const model::ConditionSign sign{told_, up()};
  static_cast<void>(static_cast<bool>(sys::write_slate(condition_.get(), encode(sign))));
}

void BoardLink::read(Instant now) {
  auto told = decode<model::BoardState>(sys::read_slate(board_.get()));
  if (!told) return;  // nothing yet, or half written; a panel that talks nonsense changes nothing
  state_ = *std::move(told);
  std::erase_if(unwell_, [this](const auto& one) {
    return std::ranges::find(state_.readings, one.first, &model::BoardReading::name) == state_.readings.end();
  });
  for (const model::BoardReading& reading : state_.readings) judge(reading, now);
}

void BoardLink::judge(const model::BoardReading& reading, Instant now) {
  const auto before = unwell_.find(reading.name);
  if (!reading.is_well) {
    if (before == unwell_.end()) record(EventId::hardware_attention, reading);
    unwell_[reading.name] = now;
  } else if (before != unwell_.end() && now - before->second >= kToBeWell) {
    unwell_.erase(before);
    record(EventId::hardware_well, reading);
  }
}

void BoardLink::record(EventId id, const model::BoardReading& reading) {
  journal_.write(Event(id).add(Field::object, to_text(reading)).add(Field::detail, state_.board));
}

}  // namespace gw::supervisor
