#include "control/detection_watch.h"

#include <algorithm>
#include <iterator>

#include "audit/read_line.h"
#include "base/text.h"
#include "detect/telling.h"

namespace gw::control {
namespace {

constexpr const char* kMark = "detections read up to";
/// They wait for room on the disk. What is beyond goes on standing, and is told as such.
constexpr std::size_t kMostUntold = 1'000;

}  // namespace

Instant DetectionWatch::due() const {
  return detector_ && mark_ < store_.last() ? std::min(read_due_, sweep_due_) : sweep_due_;
}

void DetectionWatch::tick() {
  const Instant now = clock_.now();
  if (now < due()) return;
  read_due_ = now + kReadEvery;
  const auto work = [&]() -> Result<> {
    if (!detector_) GW_TRY(begin());
    GW_TRY(read());
    if (now >= sweep_due_) {
      sweep_due_ = now + kSweepEvery;
      GW_TRY(sweep());
    }
    GW_TRY(tell());
    return keep_mark();
  };
  if (!work() && now >= sweep_due_) sweep_due_ = now + kSweepEvery;
}

Result<> DetectionWatch::begin() {
  GW_TRY(auto standing, shelf_.standing());
  GW_TRY(const std::uint64_t next, shelf_.next_number());
  GW_TRY(const auto kept, store_.keepsake(kMark));
  const auto mark = kept ? parse_decimal(*kept) : std::nullopt;
  const std::uint64_t told = mark ? std::min(*mark, store_.last()) : store_.last();
  GW_TRY(auto learnt, habits_.all());
  GW_TRY(auto detector, recall(told));
  detector.resume(detect::Episodes(std::move(standing), next), std::move(learnt));
  detector_.emplace(std::move(detector));
  mark_ = told;
  return Done{};
}

/// What came shortly before: whether a proof is under way, which sessions stand, what is being counted.
Result<detect::Detector> DetectionWatch::recall(std::uint64_t last) {
  detect::Detector out;
  std::uint64_t from = std::max(store_.first(), last - std::min<std::uint64_t>(last, kMostRecalled) + 1);
  while (from <= last) {
    const std::size_t most = std::min<std::size_t>(kMostAtOnce, last - from + 1);
    GW_TRY(const std::uint64_t heard, hear(out, from, most));
    from = heard + 1;
  }
  return out;
}

/// Records from a number on, `most` of them; the number of the last.
Result<std::uint64_t> DetectionWatch::hear(detect::Detector& detector, std::uint64_t from, std::size_t most) {
  GW_TRY(const auto kept, store_.read(from, most));
  for (const RecordStore::Kept& one : kept)
    if (const auto read = audit::read_line(one.line)) detector.take(read->record);
  return kept.empty() ? store_.last() : kept.back().number;
}

Result<> DetectionWatch::read() {
  if (mark_ >= store_.last()) return Done{};
  GW_TRY(mark_, hear(*detector_, mark_ + 1, kMostAtOnce));
  if (mark_ < store_.last()) read_due_ = {};  // there are more
  return Done{};
}

Result<> DetectionWatch::sweep() {
  const CivilTime now = clock_.civil_now();
  detector_->sweep(now);
  return remind(now);
}

/// After what it has led to was told: what is lost in between is read again.
Result<> DetectionWatch::keep_mark() {
  if (clock_.now() < mark_due_) return Done{};
  mark_due_ = clock_.now() + kMarkEvery;
  GW_TRY(shelf_.trim());
  const std::vector<detect::Episode> standing = detector_->standing();
  GW_TRY(store_.together({}, [&]() -> Result<> {
    for (const detect::Episode& one : standing) GW_TRY(shelf_.put(one));
    GW_TRY(habits_.put(detector_->habits()));
    return store_.keep_keepsake(kMark, std::to_string(mark_));
  }));
  detector_->habits().was_kept();
  return Done{};
}

/// Records and rows: all of it or nothing, and then again.
Result<> DetectionWatch::tell() {
  std::ranges::move(detector_->tellings(), std::back_inserter(untold_));
  if (untold_.empty()) return Done{};
  if (untold_.size() > kMostUntold) untold_.resize(kMostUntold);
  std::vector<Event> events;
  for (const detect::Telling& one : untold_) events.push_back(detect::event_of(one));
  GW_TRY(records_.write(events, [&]() -> Result<> {
    for (const detect::Telling& one : untold_) GW_TRY(shelf_.put(one.episode));
    return Done{};
  }));
  untold_.clear();
  return Done{};
}

Result<> DetectionWatch::remind(CivilTime now) {
  GW_TRY(const auto overdue, shelf_.overdue(detect::Severity::grave, now - kSeenWithin));
  if (overdue.empty()) return Done{};
  std::vector<Event> events;
  for (const detect::Episode& one : overdue) events.push_back(detect::unseen_of(one));
  return records_.write(events, [&]() -> Result<> {
    for (const detect::Episode& one : overdue) GW_TRY(shelf_.remind(one.number));
    return Done{};
  });
}

}  // namespace gw::control
