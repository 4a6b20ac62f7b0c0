#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>

#include "base/fd.h"
#include "base/result.h"

namespace gw::supervisor {

/// One epoll loop: who reads from which descriptor. Owns no descriptor but its own. A handler may watch and
/// forget whatever it likes, itself too.
class Loop {
 public:
  using Handler = std::function<void()>;
  static Result<Loop> make();

  /// Calls `handler` whenever there is something to read, or the end.
  void watch(int fd, Handler handler);
  /// Before the descriptor is closed.
  void forget(int fd);
  /// Waits at most `most` for news and hands it out.
  void turn(std::chrono::milliseconds most);

 private:
  explicit Loop(UniqueFd epoll) : epoll_(std::move(epoll)) {}

  UniqueFd epoll_;
  std::unordered_map<int, std::shared_ptr<Handler>> handlers_;
};

}  // namespace gw::supervisor
