#pragma once

#include <chrono>
#include <coroutine>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>

#include "base/clock.h"
#include "base/fd.h"
#include "base/result.h"

namespace gw::sys {

class Reactor;

/// What one coroutine waits on. Whoever has news for it calls signal(); signals between two waits count as
/// one. At most one coroutine waits at a time. Must outlive the wait.
class Wake {
 public:
  explicit Wake(Reactor& reactor) : reactor_(&reactor) {}
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;
  ~Wake();

  /// Has the waiter run in this round of the reactor. Safe from anywhere on the thread.
  void signal();

  bool await_ready() const noexcept { return signalled_; }
  void await_suspend(std::coroutine_handle<> waiter) noexcept { waiter_ = waiter; }
  void await_resume() noexcept { signalled_ = false; }

 private:
  friend class Reactor;
  void resume();

  Reactor* reactor_;
  std::coroutine_handle<> waiter_ = nullptr;
  bool signalled_ = false;
  bool queued_ = false;
};

/// One descriptor's readiness, edge-triggered: a flag stays up until its user finds the kernel empty or full
/// and takes it down. Does not own the descriptor. Signals its Wake at every news.
class Readiness {
 public:
  Readiness() = default;
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;
  ~Readiness() { detach(); }

  /// The descriptor must be non-blocking. One epoll registration for its whole life.
  Result<> attach(Reactor& reactor, int fd, Wake& wake);
  /// Before the descriptor is closed. Harmless if not attached.
  void detach();

  bool readable = true;  ///< the kernel may hold bytes for us
  bool writable = true;  ///< the kernel may take bytes
  bool hangup = false;   ///< the peer has closed: read to the end

 private:
  friend class Reactor;
  Reactor* reactor_ = nullptr;
  Wake* wake_ = nullptr;
  int fd_ = -1;
};

/// A moment at which a Wake is signalled. Arming again moves it.
class Timer {
 public:
  Timer(Reactor& reactor, Wake& wake) : reactor_(reactor), wake_(wake) {}
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  ~Timer() { disarm(); }

  void arm(Instant when);
  void disarm();
  /// The armed moment has come.
  bool expired() const { return expired_; }

 private:
  friend class Reactor;
  using Queue = std::multimap<Instant, Timer*>;
  Reactor& reactor_;
  Wake& wake_;
  Queue::iterator position_{};
  bool armed_ = false;
  bool expired_ = false;
};

/// One epoll loop of one thread: readiness in, coroutines resumed. Knows nothing of what they do.
class Reactor {
 public:
  static Result<std::unique_ptr<Reactor>> make(const Clock& clock);
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  const Clock& clock() const { return *clock_; }
  /// The clock read once a round; good enough for deadlines and idle marks.
  Instant now() const { return now_; }
  /// Waits for news, at most `most`, then runs whoever has any, each once.
  void run_once(std::chrono::milliseconds most);

 private:
  friend class Wake;
  friend class Readiness;
  friend class Timer;
  static constexpr int kBatch = 256;  // events taken in one round
  Reactor(UniqueFd epoll, const Clock& clock);
  void take_events(std::chrono::milliseconds most);
  void fire_timers();
  void run_ready();
  void forget(Wake& wake);

  UniqueFd epoll_;
  const Clock* clock_;
  Instant now_;
  std::deque<Wake*> ready_;
  Timer::Queue timers_;
};

}  // namespace gw::sys
