#include "proxy/session.h"

#include <sys/socket.h>

#include <algorithm>

#include "proxy/proxy_header.h"

namespace gw::proxy {
namespace {

using model::CloseReason;
using std::chrono::seconds;

/// Before the service is known, its own limit is not known either.
constexpr seconds kHelloLimit{10};
/// How long a refused terminal may take to hear why.
constexpr seconds kSeeOffLimit{1};
constexpr std::size_t kSeeOffBytes = 64 * 1024;

}  // namespace

const std::vector<Session::Step>& Session::steps_of(model::Mode mode) {
  using S = Session;
  static const std::vector<Step> kTerminate = {&S::secure_downstream, &S::dial, &S::secure_upstream,
                                               &S::relay};
  static const std::vector<Step> kWrap = {
      &S::secure_downstream, &S::carry,           &S::hear_request, &S::open_tunnel,
      &S::hear_first_hello,  &S::watch_agreement, &S::relay};
  static const std::vector<Step> kPassThrough = {&S::allow_source, &S::dial, &S::watch_agreement, &S::relay};
  switch (mode) {
    case model::Mode::terminate:
      return kTerminate;
    case model::Mode::wrap:
      return kWrap;
    case model::Mode::pass_through:
      break;
  }
  return kPassThrough;
}

const std::vector<Session::Step>& Session::steps_of_stream() {
  using S = Session;
  static const std::vector<Step> kSteps = {&S::join, &S::open_tunnel, &S::hear_first_hello,
                                           &S::watch_agreement, &S::relay};
  return kSteps;
}

Session::Session(Surroundings& surroundings, UniqueFd fd, model::Endpoint source, model::Endpoint local,
                 Admission::Ticket ticket)
    : around_(surroundings),
      wake_(surroundings.reactor),
      ticket_(std::move(ticket)),
      deadline_(surroundings.reactor.now() + kHelloLimit),
      edition_(surroundings.edition) {
  auto leg = std::make_unique<SocketLeg>(surroundings.scratch, std::move(fd));
  line_ = leg.get();
  down_ = std::move(leg);
  facts_.id = model::SessionId(++around_.last_session);
  facts_.generation = edition_->snapshot().generation();
  facts_.source = source;
  facts_.local = local;
  facts_.began = around_.reactor.now();
  around_.sessions.add(*this);
}

sys::Task<> Session::live() {
  const Verdict reason = co_await take_steps();
  if (is_worth_a_record(*reason)) around_.records.ended(facts_, *reason);
  if (*reason == CloseReason::finished && !carrier_) co_return;
  if (up_) up_->abort();
  // A refusal is told in words, which a reset would overtake; anything later must not look like an end.
  const bool in_handshake = line_ != nullptr && !up_ && facts_.terminal.empty();
  if (is_told_ || in_handshake)
    co_await see_off();
  else
    down_->abort();
}

/// Ends with a reason in any case.
sys::Task<Verdict> Session::take_steps() {
  if (!down_->attach(around_.reactor, wake_)) co_return CloseReason::internal;
  Verdict reason = line_ != nullptr ? co_await read_hello() : Verdict();
  if (reason) co_return reason;
  for (const Step step : line_ != nullptr ? steps_of(service().mode) : steps_of_stream()) {
    reason = co_await (this->*step)();
    if (reason) break;
  }
  co_return reason;
}

// ---------------------------------------------------------------- the steps

sys::Task<Verdict> Session::read_hello() {
  const Ear ear = terminal_ear();
  HelloOutcome hello = co_await hear_hello(walker_, ear, false, facts_.detail);
  if (const auto* reason = std::get_if<CloseReason>(&hello)) {
    if (*reason == CloseReason::client_hello_malformed) refuse_with(Alert::decode_error);
    co_return *reason;
  }
  co_return choose_service(std::get<tls::ClientHello>(hello));
}

sys::Task<Verdict> Session::secure_downstream() {
  expect_by(facts_.began + service().limits.handshake, CloseReason::handshake_timeout);
  line_->stream.emplace(
      tls::Role::terminal_side, edition_->contexts(service_).downstream, line_->socket,
      [this](const pki::IdentityPtr& identity) { return decide(identity); }, &wake_);
  const Verdict reason = co_await shake_hands(walker_, *line_, facts_.detail);
  if (reason) co_return reason;
  facts_.downstream_tls = line_->stream->facts().parameters;
  expect_judgement();
  co_return meet_newest();
}

sys::Task<Verdict> Session::allow_source() {
  const Verdict refused = decide(nullptr);
  if (refused) {
    refuse_with(Alert::access_denied);
    co_return refused;
  }
  expect_judgement();
  co_return meet_newest();
}

sys::Task<Verdict> Session::dial() {
  const auto limit = service().limits.connect;
  const Instant asked = around_.reactor.now();
  expect_by(asked + limit + seconds(1), CloseReason::upstream_timeout);
  DialClient::Answer answer =
      co_await dial_for(walker_, around_.dialer, edition_->snapshot().generation(), service_, limit);
  if (const auto* failed = std::get_if<CloseReason>(&answer)) co_return *failed;
  Dialled& dialled = std::get<Dialled>(answer);
  facts_.dialled = around_.reactor.now() - asked;
  facts_.resolved = std::min<Instant::duration>(dialled.resolving, facts_.dialled);
  facts_.remote = dialled.remote;
  up_.emplace(around_.scratch, std::move(dialled.fd));
  co_return up_->socket.attach(around_.reactor, wake_) ? Verdict() : CloseReason::internal;
}

sys::Task<Verdict> Session::secure_upstream() {
  expect_by(around_.reactor.now() + service().limits.handshake, CloseReason::upstream_tls_timeout);
  const model::ProxyHeader where = service().upstream.proxy_header;
  if (where == model::ProxyHeader::before_tls) up_->socket.put(header_for_cloud());
  up_->stream.emplace(tls::Role::cloud_side, edition_->contexts(service_).upstream, up_->socket,
                      tls::Stream::Permit(), &wake_);
  const Verdict reason = co_await shake_hands(walker_, *up_, facts_.detail);
  if (reason) co_return reason;
  const tls::Facts facts = up_->stream->facts();
  facts_.upstream_tls = facts.parameters;
  facts_.upstream_resumed = facts.resumed;
  facts_.cloud_identity = up_->stream->peer();
  expect_judgement();
  if (where == model::ProxyHeader::inside_tls) up_->stream->write(header_for_cloud());
  co_return Verdict();
}

sys::Task<Verdict> Session::hear_request() {
  const Ear ear = terminal_ear();
  ConnectOutcome asked = co_await hear_connect(walker_, ear, facts_.detail);
  if (const auto* ended = std::get_if<CloseReason>(&asked)) co_return *ended;
  co_return judge_request(std::get<http::ConnectAsked>(asked));
}

sys::Task<Verdict> Session::open_tunnel() {
  const Verdict failed = co_await dial();
  if (failed) {
    if (const auto told = tunnel_refusal(*failed)) answer(*told);
    co_return failed;
  }
  down_->accept_tunnel();
  down_->flush();
  co_return Verdict();
}

sys::Task<Verdict> Session::hear_first_hello() { return hear_inner_hello(false); }

sys::Task<Verdict> Session::hear_inner_hello(bool after_retry) {
  expect_by(around_.reactor.now() + service().limits.handshake, CloseReason::handshake_timeout);
  const Ear ear = terminal_ear();
  HelloOutcome hello = co_await hear_hello(walker_, ear, after_retry, facts_.detail);
  if (const auto* ended = std::get_if<CloseReason>(&hello)) {
    if (*ended != CloseReason::client_hello_malformed) co_return *ended;
    refuse_with(Alert::decode_error);
    co_return CloseReason::inner_hello_malformed;
  }
  co_return judge_inner(std::get<tls::ClientHello>(hello));
}

/// The terminal's hello was found good. A cloud may ask for one more (RFC 8446 4.1.4), which is looked at as
/// the first one was.
sys::Task<Verdict> Session::watch_agreement() {
  for (bool is_retried = false;; is_retried = true) {
    pass_hello_on();
    expect_by(around_.reactor.now() + service().limits.handshake, CloseReason::upstream_tls_timeout);
    const Ear cloud = cloud_ear();
    AnswerOutcome answered = co_await hear_answer(walker_, cloud, is_retried, facts_.detail);
    if (const auto* ended = std::get_if<CloseReason>(&answered)) co_return *ended;
    if (const auto* refusal = std::get_if<tls::Refusal>(&answered)) co_return tell_refusal(*refusal);
    const auto& hello = std::get<tls::ServerHello>(answered);
    const Verdict refused = judge_agreement(hello);
    if (refused || !hello.is_retry) co_return refused;
    if (is_retried || hello.behind != 0) co_return CloseReason::inner_answer_malformed;
    down_->write(cloud.octets().first(hello.end));
    cloud.forget(hello.end);
    down_->flush();
    const Verdict ended = co_await hear_inner_hello(true);
    if (ended) co_return ended;
  }
}

sys::Task<Verdict> Session::relay() {
  ticket_.end_handshake();
  around_.records.opened(facts_);
  relay_.emplace(*down_, *up_, around_.scratch.plain(), facts_.bytes_up);
  expect_traffic();
  for (;;) {
    const Relay::Turn turn = relay_->turn();
    facts_.bytes_up = relay_->bytes_up();
    facts_.bytes_down = relay_->bytes_down();
    if (!facts_.first_octet && facts_.bytes_down > 0) facts_.first_octet = around_.reactor.now();
    if (turn.ended) {
      facts_.detail = turn.detail;
      co_return turn.ended;
    }
    if (turn.moved) expect_traffic();
    if (turn.gave_way) wake_.signal();
    co_await wake_;
    if (ending_) co_return ending_;
  }
}

sys::Task<> Session::see_off() {
  ending_.reset();
  expect_by(around_.reactor.now() + kSeeOffLimit, CloseReason::handshake_timeout);
  down_->close_write();
  for (std::size_t heard = 0; heard < kSeeOffBytes && !ending_;) {
    const std::optional<std::size_t> more = down_->discard();
    if (!more) break;
    heard += *more;
    if (*more == 0) co_await wake_;
  }
}

model::SessionRow Session::row() const {
  using std::chrono::milliseconds;
  const auto age = std::chrono::floor<milliseconds>(around_.clock.now() - facts_.began);
  const auto now = std::chrono::floor<milliseconds>(around_.clock.civil_now().time_since_epoch());
  return {.session = facts_.id,
          .source = facts_.source,
          .terminal = facts_.terminal,
          .service = facts_.service,
          .rule = facts_.rule,
          .began = now - age,
          .bytes_up = relay_ ? relay_->bytes_up() : 0,
          .bytes_down = relay_ ? relay_->bytes_down() : 0};
}

// ---------------------------------------------------------------- deadlines and small things

void Session::end(CloseReason reason) {
  if (!ending_) ending_ = reason;
  wake_.signal();
}

void Session::sweep(Instant now) {
  if (now >= deadline_) return end(awaits_key() ? CloseReason::key_unavailable : late_reason_);
  if (!relay_ || rested_ || now - last_traffic_ < seconds(1)) return;
  down_->rest();
  up_->rest();
  rested_ = true;
}

bool Session::awaits_key() const {
  const auto awaits = [](const std::optional<tls::Stream>& stream) { return stream && stream->awaits_key(); };
  return (line_ != nullptr && awaits(line_->stream)) || (up_ && awaits(up_->stream));
}

void Session::expect_by(Instant deadline, CloseReason reason) {
  deadline_ = deadline;
  late_reason_ = reason;
}

void Session::expect_traffic() {
  const Instant now = around_.reactor.now();
  const Instant end_of_life = facts_.opened_at + service().limits.lifetime;
  const Instant end_of_quiet = now + service().limits.idle;
  last_traffic_ = now;
  rested_ = false;
  if (end_of_life <= end_of_quiet)
    expect_by(end_of_life, CloseReason::lifetime);
  else
    expect_by(end_of_quiet, CloseReason::idle);
}

/// RFC 8446 5.1, 6: one fatal alert.
void Session::refuse_with(Alert alert) {
  const auto description = static_cast<std::uint8_t>(alert);
  const std::uint8_t record[] = {tls::kAlertRecord, 3, 3, 0, 2, 2, description};
  down_->write(record);
  is_told_ = true;
}

void Session::pass_hello_on() {
  const Ear ear = terminal_ear();
  const Bytes octets = ear.octets();
  up_->write(octets);
  facts_.bytes_up += octets.size();
  ear.forget(octets.size());
  up_->socket.flush();
}

/// The cloud's own words are the terminal's to read.
Verdict Session::tell_refusal(const tls::Refusal& refusal) {
  down_->write(up_->socket.unread().first(tls::Refusal::kEnd));
  is_told_ = true;
  facts_.detail = "the cloud answered with the alert " + std::to_string(refusal.description);
  return CloseReason::upstream_tls_alert;
}

void Session::answer(const http::Refusal& refusal) {
  down_->refuse_tunnel(refusal);
  is_told_ = true;
}

Ear Session::terminal_ear() {
  return {*down_, around_.scratch.plain(), heard_, CloseReason::handshake_abandoned};
}

Ear Session::cloud_ear() {
  return {*up_, around_.scratch.plain(), heard_, CloseReason::upstream_closed, down_.get()};
}

std::vector<std::uint8_t> Session::header_for_cloud() const {
  ProxyHeaderFacts facts{facts_.source,   facts_.local, facts_.server_name,
                         facts_.terminal, {},           facts_.id.number()};
  facts.tls_version = facts_.downstream_tls.substr(0, facts_.downstream_tls.find(' '));
  return proxy_header(facts);
}

}  // namespace gw::proxy
