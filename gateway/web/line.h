#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "ipc/web_reply.h"
#include "sys/reactor.h"
#include "sys/task.h"

namespace gw::web {

using ipc::web::Reply;

/// Puts questions before controld, several at a time, each for so long. The channel comes from the supervisor
/// and ends with controld: then nobody knows what became of those that were under way. One thread. Outlives
/// its questions.
class Line {
 public:
  static constexpr std::size_t kMostUnderWay = 16;
  static constexpr std::chrono::seconds kPatience{10};

  explicit Line(sys::Reactor& reactor) : reactor_(reactor), wake_(reactor) {}

  /// In the place of the channel before.
  Result<> connect(UniqueFd channel);
  bool is_connected() const { return channel_.has_value(); }
  /// Starts to take answers, for as long as the process lives.
  void start() { listen(*this); }
  /// `question` lives until there is a reply. web.unavailable: controld is away, too many wait, or it took
  /// too long.
  sys::Task<Result<Reply>> ask(const ipc::web::Ask& question);

 private:
  struct Question {
    sys::Wake wake;
    sys::Timer patience;
    std::optional<Result<Reply>> reply{};
    explicit Question(sys::Reactor& reactor) : wake(reactor), patience(reactor, wake) {}
  };
  static sys::Detached listen(Line& line);
  void send_some();
  void take_all();
  Result<> take(ipc::Frame& frame);
  void hang_up();

  sys::Reactor& reactor_;
  sys::Wake wake_;
  sys::Readiness readiness_;
  std::optional<ipc::Channel> channel_;
  ipc::Conversation conversation_{ipc::web::kFromControld};
  std::map<std::uint64_t, Question*> questions_;  // under way
  std::deque<ipc::web::SentAsk> outbox_;          // while controld is at another one, the channel may be full
  std::uint64_t last_ = 0;
};

}  // namespace gw::web
