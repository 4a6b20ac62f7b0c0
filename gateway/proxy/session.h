#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "model/authorise.h"
#include "model/cut.h"
#include "model/session_roll.h"
#include "proxy/admission.h"
#include "proxy/alerts.h"
#include "proxy/carrier.h"
#include "proxy/edition.h"
#include "proxy/records.h"
#include "proxy/registry.h"
#include "proxy/relay.h"
#include "proxy/steps.h"
#include "proxy/stream_leg.h"
#include "proxy/tunnel.h"
#include "sys/gate.h"
#include "sys/reactor.h"
#include "sys/task.h"
#include "tls/client_hello.h"

namespace gw::proxy {

class Session;

/// What a session needs of its worker. Outlives every session.
struct Surroundings {
  sys::Reactor& reactor;
  tls::Scratch& scratch;
  const Clock& clock;
  DialClient& dialer;
  Records& records;
  Registry<Session>& sessions;
  Admission& admission;
  sys::Gate& gate;
  EditionPtr edition{};  ///< the generation in force; null until the first
  model::CutOff cut_off{};
  std::uint64_t last_session = 0;
};

/// One accepted connection and its two legs, from the first byte to the record of its end. Lives in one
/// coroutine on one worker. Others may only ask it to end. Where a terminal speaks HTTP/2, its connection
/// carries sessions: each stream is one, with a life, a decision and a record of its own.
class Session : public RegistryHook {
 public:
  Session(Surroundings& surroundings, UniqueFd fd, model::Endpoint source, model::Endpoint local,
          Admission::Ticket ticket);
  /// A stream of what `carrier` carries, which is needed until the constructor returns.
  Session(const Session& carrier, http2::StreamPtr stream, Admission::Ticket ticket);

  /// The whole life.
  sys::Task<> live();

  /// Asks the session to end soon, for this reason; the first reason stands.
  void end(model::CloseReason reason);
  /// Once a second: ends it if it is late, gives back buffers if it is quiet.
  void sweep(Instant now);
  /// Ends it if it is part of what was cut off.
  void obey(const model::CutOff& cut_off);
  /// A certificate, a list, somebody's trust, the session's rule or an exception it stands on has ended, or a
  /// new generation has to have its say.
  bool is_to_be_judged(model::CivilSeconds now) const { return now >= judged_until_; }
  /// Works out anew when that is.
  void expect_judgement();
  /// Asks the whitelist again and judges the peers of the legs that stand, as if they came now; ends it if
  /// one would be refused (CRT-04, NET-02). Not due again in the same second.
  void judge_again(model::CivilSeconds now);
  /// Holds the session against a new generation. False: its rule is gone, or its service has no certificate
  /// any more, and it is ending (W6).
  bool carry_over(const EditionPtr& next);
  /// Would carry_over() end it, and why? Without what keys say. Changes nothing.
  std::optional<model::CloseReason> foresee(const model::Snapshot& next) const;

  model::SessionId id() const { return facts_.id; }
  /// It is the connection of sessions, and none itself: not counted, not listed.
  bool is_carrier() const { return carrier_ != nullptr; }
  /// As it stands now.
  model::SessionRow row() const;

 private:
  using Step = sys::Task<Verdict> (Session::*)();
  /// What follows the hello in each mode, in the legal order; there is no other way through.
  static const std::vector<Step>& steps_of(model::Mode mode);
  /// The same of a stream, whose terminal has shown who it is.
  static const std::vector<Step>& steps_of_stream();

  sys::Task<Verdict> take_steps();
  sys::Task<Verdict> read_hello();
  sys::Task<Verdict> secure_downstream();
  sys::Task<Verdict> allow_source();
  sys::Task<Verdict> dial();
  sys::Task<Verdict> secure_upstream();
  sys::Task<Verdict> carry();
  sys::Task<Verdict> join();
  sys::Task<Verdict> hear_request();
  sys::Task<Verdict> open_tunnel();
  sys::Task<Verdict> hear_first_hello();
  sys::Task<Verdict> watch_agreement();
  sys::Task<Verdict> relay();
  sys::Task<> see_off();

  Verdict choose_service(const tls::ClientHello& hello);
  /// Null: the terminal shows none.
  Verdict decide(const pki::IdentityPtr& identity);
  /// Whether it may be what the service's profile wants, of TLS that the box does not speak itself; says so
  /// to the terminal if not.
  Verdict judge_inner(const tls::ClientHello& hello);
  /// The same of what the two have agreed on.
  Verdict judge_agreement(const tls::ServerHello& hello);
  Verdict judge_request(const http::ConnectAsked& asked);
  /// Whether the terminal asked for its service's cloud.
  Verdict judge_target(const http::ConnectRequest& request);
  /// A generation that came during the handshake decides as well.
  Verdict meet_newest();
  /// Is the TLS that was agreed on still of the service's profiles?
  bool keeps_profiles(const model::Service& next) const;
  sys::Task<Verdict> hear_inner_hello(bool after_retry);
  Verdict tell_refusal(const tls::Refusal& refusal);
  Ear terminal_ear();
  Ear cloud_ear();
  /// What an edition's whitelist says now to the terminal that stands behind the session.
  std::variant<model::Permission, model::CloseReason> permission_by(const model::Snapshot& snapshot) const;
  /// The same of one that stands: where it leads to must be as it was.
  std::variant<model::Permission, model::CloseReason> kept_by(const model::Snapshot& next) const;
  /// By an alert on whatever the terminal's next layer is.
  void refuse_with(Alert alert);
  /// It asked for something by HTTP.
  void answer(const http::Refusal& refusal);
  /// One turn of the connection. Why it is over, or nothing.
  Verdict carry_on();
  /// Begins a session for each stream that there is room for.
  void begin_streams(const std::vector<http2::StreamPtr>& asked);
  static sys::Detached serve_stream(const Session& carrier, http2::StreamPtr stream, Admission::Ticket ticket,
                                    sys::Gate::Pass pass);
  /// The connection ends, and so does what it carries.
  model::CloseReason stop_carrying(model::CloseReason reason);
  void expect_streams();
  /// What a connection carries has records of its own.
  bool is_worth_a_record(model::CloseReason reason) const;
  /// Before the relay: what the box has looked at and lets through.
  void pass_hello_on();
  void expect_by(Instant deadline, model::CloseReason reason);
  void expect_traffic();
  bool awaits_key() const;
  std::vector<std::uint8_t> header_for_cloud() const;
  const model::Service& service() const { return edition_->snapshot().service(service_); }

  Surroundings& around_;
  sys::Wake wake_;
  Admission::Ticket ticket_;
  Verdict ending_;  // set from outside or by the deadline
  const Walker walker_{wake_, ending_};
  Instant deadline_;
  model::CloseReason late_reason_ = model::CloseReason::handshake_timeout;
  EditionPtr edition_;  // admitted under
  model::CivilSeconds permitted_until_ = model::CivilSeconds::max();
  model::CivilSeconds judged_until_ = model::CivilSeconds::max();
  model::ServiceId service_{};
  Instant last_traffic_{};
  bool rested_ = false;
  bool is_told_ = false;  // what refuses the terminal is on its way to it
  SessionFacts facts_;
  Heard heard_;  // of the terminal, inside its session
  std::unique_ptr<Leg> down_;
  SocketLeg* line_ = nullptr;    // the terminal's leg; null of a stream
  StreamLeg* stream_ = nullptr;  // the same; null of a connection
  std::optional<model::SessionId> carried_by_{};
  std::unique_ptr<Carrier> carrier_;
  std::optional<SocketLeg> up_;
  std::optional<Relay> relay_;
};

}  // namespace gw::proxy
