#include "keys/lane.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

namespace gw::keys {

Result<std::unique_ptr<Lane>> Lane::open(const std::function<Result<>()>& walls) {
  UniqueFd news(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!news) return system_error("eventfd");
  std::promise<Result<>> ready;
  auto up = ready.get_future();
  std::unique_ptr<Lane> lane(new Lane(std::move(news), std::move(ready), walls));
  GW_TRY(up.get());
  return lane;
}

Lane::Lane(UniqueFd news, std::promise<Result<>> ready, std::function<Result<>()> walls)
    : news_(std::move(news)), thread_([this, ready = std::move(ready), walls = std::move(walls)]() mutable {
        ready.set_value(walls());
        work();
      }) {}

Lane::~Lane() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  asked_.notify_one();
  thread_.join();
}

void Lane::put(Job job) {
  {
    const std::lock_guard lock(mutex_);
    waiting_[job.turn].push_back(std::move(job));
  }
  asked_.notify_one();
}

bool Lane::next(Job& job) {
  std::unique_lock lock(mutex_);
  asked_.wait(lock, [this] { return over_ || !waiting_.empty(); });
  if (over_) return false;
  auto turn = waiting_.upper_bound(last_);
  if (turn == waiting_.end()) turn = waiting_.begin();
  last_ = turn->first;
  job = std::move(turn->second.front());
  turn->second.pop_front();
  if (turn->second.empty()) waiting_.erase(turn);
  return true;
}

void Lane::work() {
  for (Job job; next(job); job = {}) {
    Told told = job.work();
    const std::lock_guard lock(mutex_);
    finished_.push_back(std::move(told));
    const std::uint64_t one = 1;
    // Only a full counter could refuse, and then it is readable already.
    [[maybe_unused]] const ssize_t written = ::write(news_.get(), &one, sizeof one);
  }
}

std::vector<Told> Lane::take() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t heard = ::read(news_.get(), &count, sizeof count);
  const std::lock_guard lock(mutex_);
  return std::exchange(finished_, {});
}

}  // namespace gw::keys
