#include "journal.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace gw::supervisor {
namespace {

constexpr std::size_t kMostWaiting = 4 * 1024 * 1024;
constexpr std::size_t kAtOnce = 4096;  // PIPE_BUF: a pipe that is ready takes this much without blocking

}  // namespace

bool RecordBudget::room(Instant now) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - since_).count();
  if (seconds > 0) {
    left_ = std::min(kMost, left_ + std::min<std::int64_t>(seconds, 10) * kPerSecond);
    since_ = now;
  }
  return left_ > 0;
}

bool RecordBudget::take(Instant now) {
  if (room(now)) return --left_, true;
  return ++lost_, false;
}

std::uint64_t RecordBudget::take_lost() { return std::exchange(lost_, 0); }

void Journal::write(const Event& event, const std::string& process, const std::string& tenant) {
  if (ear_) ear_(event, process, tenant);
  const std::string now = to_timestamp(clock_.civil_now());
  if (lost_ != 0 && buffer_.size() < kMostWaiting)
    buffer_ += to_json_line(Event(EventId::records_lost).add(Field::count, std::exchange(lost_, 0)),
                            {now, "supervisor"});
  if (buffer_.size() >= kMostWaiting) {
    ++lost_;
    return;
  }
  buffer_ += to_json_line(event, {now, process, tenant});
  if (buffer_.size() >= kAtOnce) flush();
}

std::size_t Journal::unwritten() const {
  return static_cast<std::size_t>(std::count(buffer_.begin(), buffer_.end(), '\n')) + lost_;
}

std::size_t Journal::write_some(std::size_t from) {
  pollfd ready{out_.get(), POLLOUT, 0};
  if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0) return 0;
  const ssize_t size = ::write(out_.get(), buffer_.data() + from, std::min(buffer_.size() - from, kAtOnce));
  return size < 0 ? 0 : static_cast<std::size_t>(size);
}

void Journal::flush() {
  std::size_t done = 0;
  while (done < buffer_.size()) {
    const std::size_t size = write_some(done);
    if (size == 0) break;  // the reader is slow, or gone: the next turn tries again
    done += size;
  }
  buffer_.erase(0, done);
}

}  // namespace gw::supervisor
