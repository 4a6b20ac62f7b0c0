#include "clock_watch.h"

#include <unistd.h>

#include <algorithm>

#include "base/codec.h"
#include "base/fd.h"
#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

constexpr const char* kName = "clock";
constexpr std::size_t kMostBytes = 64;
constexpr std::uint64_t kYear2200 = 7'258'118'400;

struct Checkpoint {
  std::uint64_t seconds = 0;  ///< since 1970, UTC
};
template <class Io>
void visit(Io& io, Checkpoint& checkpoint) {
  io.range(checkpoint.seconds, std::uint64_t{0}, kYear2200);
}

CivilTime time_of(const Checkpoint& checkpoint) {
  return CivilTime(std::chrono::seconds(checkpoint.seconds));
}

CivilTime last_checkpoint(const std::string& path) {
  const auto bytes = sys::read_kept(path, kMostBytes);
  const auto checkpoint = bytes ? decode<Checkpoint>(*bytes) : Result<Checkpoint>(bytes.error());
  return checkpoint ? time_of(*checkpoint) : CivilTime::min();
}

}  // namespace

ClockWatch::ClockWatch(std::string folder, CivilTime built)
    : folder_(std::move(folder)),
      built_(built),
      earliest_(std::max(built, last_checkpoint(folder_ + "/" + kName))) {}

ClockWatch::News ClockWatch::look(Instant now, CivilTime civil) {
  const bool was_right = std::exchange(right_, is_right(civil));
  if (was_right != right_) {
    before_ = {now, civil};
    return right_ ? News::came_right : News::went_back;
  }
  if (!before_) before_ = {now, civil};
  const auto passed = now - before_->at;
  if (!right_ || passed < kEvery) return News::none;
  const auto gained = (civil - before_->civil) - passed;
  const bool steady = gained < kTolerance && -gained < kTolerance;
  if (!steady && passed < kPatience) return News::none;  // a leap: not measured from anew until it has stayed
  before_ = {now, civil};
  return steady ? keep(civil) : News::none;
}

ClockWatch::News ClockWatch::keep(CivilTime civil) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(civil).time_since_epoch().count();
  if (seconds < 0 || static_cast<std::uint64_t>(seconds) > kYear2200) return News::none;
  const Checkpoint checkpoint{static_cast<std::uint64_t>(seconds)};
  if (!sys::write_durably(folder_, kName, encode(checkpoint)))
    return News::none;  // a full disk; the next one
  earliest_ = time_of(checkpoint);
  return News::checkpoint;
}

Result<> ClockWatch::forget() {
  GW_TRY(sys::write_durably(folder_, kName, encode(Checkpoint{})));
  earliest_ = built_;
  return Done{};
}

}  // namespace gw::supervisor
