#include "detect/volumes.h"

#include <algorithm>
#include <bit>

namespace gw::detect {
namespace {

constexpr unsigned kParts = 4;  // of an octave
constexpr unsigned kMargin = kParts * (std::bit_width(kTimesMore) - 1);
static_assert(std::has_single_bit(kTimesMore));

}  // namespace

Volumes::Level Volumes::level_of(std::uint64_t octets) {
  if (octets == 0) return 0;
  const unsigned octave = static_cast<unsigned>(std::bit_width(octets)) - 1;
  const std::uint64_t part = (octave >= 2 ? octets >> (octave - 2) : octets << (2 - octave)) % kParts;
  return static_cast<Level>(std::min<std::uint64_t>(1 + kParts * octave + part, UINT8_MAX));
}

std::uint64_t Volumes::end_of(Level level) {
  if (level == UINT8_MAX) return UINT64_MAX;
  const unsigned octave = level / kParts;
  const std::uint64_t quarters = kParts + level % kParts;
  return octave >= 2 ? quarters << (octave - 2) : quarters >> (2 - octave);
}

void Volumes::pass(std::size_t days, Day now) {
  const Level before = level_of(today_);
  past_[now % kDaysKept] = 0;
  for (std::size_t ago = 1; ago <= std::min(days, kDaysKept - 1); ++ago)
    past_[(now + kDaysKept - ago) % kDaysKept] = ago == days ? before : 0;
  today_ = 0;
}

void Volumes::add(std::uint64_t octets) { today_ += std::min(octets, UINT64_MAX - today_); }

Volumes::Level Volumes::second(Day today) const {
  Level most = 0, second = 0;
  for (std::size_t ago = 1; ago < kDaysKept; ++ago) {
    const Level one = past_[(today + kDaysKept - ago) % kDaysKept];
    second = std::max(second, std::min(one, most));
    most = std::max(most, one);
  }
  return static_cast<std::size_t>(today - accepted_on_) < kDaysKept ? std::max(second, accepted_) : second;
}

bool Volumes::is_unlike(std::uint64_t least, Day today) const {
  return today_ > least && level_of(today_) > second(today) + kMargin;
}

void Volumes::accept(Day today) {
  accepted_ = std::max(level_of(today_), *std::ranges::max_element(past_));
  accepted_on_ = today;
}

}  // namespace gw::detect
