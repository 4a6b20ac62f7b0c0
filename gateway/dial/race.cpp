#include "dial/race.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace gw::dial {

using model::CloseReason;

sys::Task<Outcome> Race::run(Instant deadline) {
  while (!winner_.socket) {
    advance_all();
    if (winner_.socket) break;
    if (next_is_due()) {
      start_next();
      continue;
    }
    if (running_.empty() || reactor_.now() >= deadline) break;
    timer_.arm(next_ < endpoints_.size() ? std::min(deadline, next_start_) : deadline);
    co_await wake_;
  }
  note_silent();
  const CloseReason reason = reason_of_failure();
  running_.clear();
  if (winner_.socket) co_return std::move(winner_);
  co_return reason;
}

void Race::start_next() {
  Attempt attempt{endpoints_[next_++], reactor_.now(), {}, {}};
  next_start_ = reactor_.now() + kStagger;
  Result<UniqueFd> socket = open_stream(attempt.endpoint.address.family());
  if (!socket) return settle(attempt, Connecting::failed);
  attempt.socket = *std::move(socket);
  Connecting progress = connect_step(attempt.socket.get(), attempt.endpoint);
  // On loopback the handshake is over when the first call returns, though the kernel says "in progress".
  if (progress == Connecting::under_way) progress = connect_step(attempt.socket.get(), attempt.endpoint);
  if (progress != Connecting::under_way) return settle(attempt, progress);
  attempt.readiness = std::make_unique<sys::Readiness>();
  if (!attempt.readiness->attach(reactor_, attempt.socket.get(), wake_))
    return settle(attempt, Connecting::failed);
  running_.push_back(std::move(attempt));
}

void Race::advance_all() {
  for (Attempt& attempt : running_) {
    const Connecting progress = connect_step(attempt.socket.get(), attempt.endpoint);
    if (progress != Connecting::under_way) settle(attempt, progress);
    if (winner_.socket) break;
  }
  std::erase_if(running_, [](const Attempt& attempt) { return !attempt.socket; });
}

/// errno still holds the reason of a failure.
void Race::settle(Attempt& attempt, Connecting result) {
  const int reason = errno;
  attempt.readiness.reset();
  if (result == Connecting::connected) {
    winner_ = {std::move(attempt.socket), attempt.endpoint};
    findings_.push_back({attempt.endpoint, result, {}});
    return;
  }
  attempt.socket.reset();
  findings_.push_back({attempt.endpoint, result, std::generic_category().message(reason)});
  next_start_ = reactor_.now();
}

void Race::note_silent() {
  for (const Attempt& attempt : running_)
    if (reactor_.now() - attempt.started >= kStagger)
      findings_.push_back({attempt.endpoint, Connecting::failed, "silent"});
}

/// "Refused" only if all were asked and all said no. Whoever is unreachable did not answer in time.
CloseReason Race::reason_of_failure() const {
  const bool all_refused = running_.empty() && next_ == endpoints_.size() &&
                           std::all_of(findings_.begin(), findings_.end(),
                                       [](const Finding& f) { return f.result == Connecting::refused; });
  return all_refused ? CloseReason::upstream_refused : CloseReason::upstream_timeout;
}

}  // namespace gw::dial
