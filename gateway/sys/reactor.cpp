#include "sys/reactor.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <utility>

namespace gw::sys {

Wake::~Wake() {
  if (queued_) reactor_->forget(*this);
  if (waiter_) waiter_.destroy();
}

void Wake::signal() {
  signalled_ = true;
  if (queued_) return;
  queued_ = true;
  reactor_->ready_.push_back(this);
}

void Wake::resume() {
  queued_ = false;
  if (signalled_ && waiter_) std::exchange(waiter_, nullptr).resume();
}

Result<> Readiness::attach(Reactor& reactor, int fd, Wake& wake) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = this;
  if (::epoll_ctl(reactor.epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) return system_error("epoll_ctl");
  reactor_ = &reactor;
  wake_ = &wake;
  fd_ = fd;
  return Done{};
}

void Readiness::detach() {
  if (reactor_ == nullptr) return;
  ::epoll_ctl(reactor_->epoll_.get(), EPOLL_CTL_DEL, fd_, nullptr);
  reactor_ = nullptr;
}

void Timer::arm(Instant when) {
  disarm();
  expired_ = false;
  position_ = reactor_.timers_.emplace(when, this);
  armed_ = true;
}

void Timer::disarm() {
  if (armed_) reactor_.timers_.erase(position_);
  armed_ = false;
}

Reactor::Reactor(UniqueFd epoll, const Clock& clock)
    : epoll_(std::move(epoll)), clock_(&clock), now_(clock.now()) {}

Result<std::unique_ptr<Reactor>> Reactor::make(const Clock& clock) {
  UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll) return system_error("epoll_create1");
  return std::unique_ptr<Reactor>(new Reactor(std::move(epoll), clock));
}

void Reactor::run_once(std::chrono::milliseconds most) {
  take_events(most);
  fire_timers();
  run_ready();
}

void Reactor::take_events(std::chrono::milliseconds most) {
  using std::chrono::milliseconds;
  if (!ready_.empty()) most = milliseconds(0);
  if (!timers_.empty()) {
    const auto left = std::chrono::ceil<milliseconds>(timers_.begin()->first - clock_->now());
    most = std::clamp(left, milliseconds(0), most);
  }
  std::array<epoll_event, kBatch> events;
  const int count = ::epoll_wait(epoll_.get(), events.data(), kBatch, static_cast<int>(most.count()));
  now_ = clock_->now();
  for (int i = 0; i < count; ++i) {
    auto& source = *static_cast<Readiness*>(events[static_cast<std::size_t>(i)].data.ptr);
    const std::uint32_t news = events[static_cast<std::size_t>(i)].events;
    constexpr std::uint32_t kEnd = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
    if ((news & (EPOLLIN | kEnd)) != 0) source.readable = true;
    if ((news & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0) source.writable = true;
    if ((news & kEnd) != 0) source.hangup = true;
    source.wake_->signal();
  }
}

void Reactor::fire_timers() {
  while (!timers_.empty() && timers_.begin()->first <= now_) {
    Timer& timer = *timers_.begin()->second;
    timer.disarm();
    timer.expired_ = true;
    timer.wake_.signal();
  }
}

void Reactor::run_ready() {
  // Only those queued now: whoever signals again during the round runs in the next one, after new events.
  for (std::size_t left = ready_.size(); left > 0 && !ready_.empty(); --left) {
    Wake& wake = *ready_.front();
    ready_.pop_front();
    wake.resume();
  }
}

void Reactor::forget(Wake& wake) { std::erase(ready_, &wake); }

}  // namespace gw::sys
