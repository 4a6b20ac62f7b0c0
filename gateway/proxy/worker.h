#pragma once

#include <map>
#include <memory>
#include <vector>

#include "ipc/messages/control_compartment.h"
#include "proxy/answer_book.h"
#include "proxy/listener.h"
#include "proxy/service_trials.h"
#include "tls/key_client.h"

namespace gw::proxy {

/// A listening socket handed in for a generation.
struct HandedListener {
  model::Endpoint endpoint{};
  UniqueFd fd{};
};

/// One thread's share of a compartment: its sessions, its listeners, its limits. Everything a session touches
/// lives here and nothing is shared with another worker.
class Worker {
 public:
  Worker(sys::Reactor& reactor, ipc::RecordSink& sink);

  sys::Reactor& reactor() { return around_.reactor; }
  DialClient& dialer() { return dialer_; }
  AnswerBook& answers() { return answers_; }
  tls::KeyClient& keys() { return keys_; }

  /// Puts a new generation in force: new connections use it, sessions whose rule is gone end, sockets of
  /// listeners it does not have are closed. The peers of all other sessions are judged anew, a few in each
  /// turn, so that those who stay do not notice.
  ipc::compartment::Adopted adopt(EditionPtr edition, std::vector<HandedListener> listeners);
  /// Ends the sessions that are part of it, at once, and lets no new one of them begin (ISO-10).
  void cut(model::CutOff cut_off);
  /// The next sessions behind that one, by their numbers.
  ipc::compartment::Sessions list(model::SessionId behind);
  /// Ends one, as an administrator wants it. False: it is not there.
  bool end(model::SessionId session);
  /// What that snapshot would do to the sessions if it were in force; null: the tenant goes. Changes nothing.
  model::Effect rehearse(const model::Snapshot* next);
  /// Whether terminals that may use them would reach the services now.
  ServiceTrials& trials() { return trials_; }
  /// Stops accepting and ends every session.
  void drain();
  /// Drained, and the last session has left.
  bool empty() const { return gate_.closed() && gate_.count() == 0; }
  /// Serves until empty.
  void run();
  /// One round: waits at most this long, serves whoever has news.
  void turn(std::chrono::milliseconds most);

 private:
  /// Judges some of the sessions whose peers have to be judged; whoever is left has the next turn.
  void judge_some();
  /// A responder has said something new about a cloud.
  void hear_news();
  void keep_listeners(std::vector<HandedListener> handed);
  void sweep();

  Admission admission_{model::TenantLimits{}};
  Registry<Session> sessions_;
  tls::Scratch scratch_;
  DialClient dialer_;
  tls::KeyClient keys_;
  Records records_;
  AnswerBook answers_;
  Surroundings around_;
  sys::Gate gate_;
  ServiceTrials trials_;
  std::map<model::Endpoint, std::shared_ptr<Listener>> listeners_;
  Instant next_sweep_;
  bool somebody_waits_for_judgement_ = false;
};

}  // namespace gw::proxy
