#include "control/space_watch.h"

namespace gw::control {
namespace {

using ipc::control_records::Room;

std::string megabytes(std::uint64_t octets) { return std::to_string(octets >> 20) + " MiB"; }

}  // namespace

void SpaceWatch::tick() {
  const Instant now = clock_.now();
  if (now >= set_aside_due_) {
    set_aside_due_ = now + kSetAsideEvery;
    store_.reserve().set_aside();
  }
  if (now >= forecast_due_) {
    forecast_due_ = now + kForecastEvery;
    forecast();
  }
}

void SpaceWatch::forecast() {
  const auto found = store_.forecast(clock_.civil_now());
  if (!found || !warning_.is_due(*found)) return;
  records_.write(Event(EventId::records_space_low)
                     .add(Field::days_left, *found->days_left)
                     .add(Field::detail, megabytes(found->left) + " are left, " + megabytes(found->a_day) +
                                             " are written a day"));
}

std::optional<Room> SpaceWatch::told_by(const Result<>& written) {
  const bool is_full = !written && written.error().code == ErrorCode::store_full;
  if (!written && !is_full) return std::nullopt;
  const bool is_whole = store_.reserve().state() == store::Reserve::State::whole;
  const Room room = is_full ? Room::none : is_whole ? Room::enough : Room::reserve;
  if (room_ == room) return std::nullopt;
  if (room == Room::reserve && room_ != Room::none) records_.write(Event(EventId::records_reserve_in_use));
  if (room == Room::enough && room_) records_.write(Event(EventId::records_reserve_back));
  room_ = room;
  return room;
}

}  // namespace gw::control
