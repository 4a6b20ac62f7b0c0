#include "proxy/session.h"

#include <sys/socket.h>

#include <algorithm>

#include "proxy/proxy_header.h"
#include "proxy/tunnel.h"
#include "tls/server_hello.h"

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
  static const std::vector<Step> kOfModes[] = {
      {&S::secure_downstream, &S::dial, &S::secure_upstream, &S::relay},         // terminate
      {&S::secure_downstream, &S::open_tunnel, &S::watch_agreement, &S::relay},  // wrap
      {&S::admit_source, &S::dial, &S::watch_agreement, &S::relay},              // pass_through
  };
  return kOfModes[static_cast<std::size_t>(mode)];
}

Session::Session(Surroundings& surroundings, UniqueFd fd, model::Endpoint source, model::Endpoint local,
                 Admission::Ticket ticket)
    : around_(surroundings),
      wake_(surroundings.reactor),
      ticket_(std::move(ticket)),
      deadline_(surroundings.reactor.now() + kHelloLimit),
      edition_(surroundings.edition),
      down_(surroundings.scratch, std::move(fd)) {
  facts_.id = model::SessionId(++around_.last_session);
  facts_.generation = edition_->snapshot().generation();
  facts_.source = source;
  facts_.local = local;
  facts_.began = around_.reactor.now();
  around_.sessions.add(*this);
}

sys::Task<> Session::live() {
  const Verdict reason = co_await take_steps();
  around_.records.ended(facts_, *reason);
  if (*reason == CloseReason::finished) co_return;
  if (up_) up_->abort();
  // A refusal is told in words, which a reset would overtake; anything later must not look like an end.
  const bool in_handshake = !up_ && facts_.terminal.empty();
  if (is_told_ || in_handshake)
    co_await see_off();
  else
    down_.abort();
}

/// Ends with a reason in any case.
sys::Task<Verdict> Session::take_steps() {
  if (!down_.socket.attach(around_.reactor, wake_)) co_return CloseReason::internal;
  Verdict reason = co_await read_hello();
  if (reason) co_return reason;
  for (const Step step : steps_of(service().mode)) {
    reason = co_await (this->*step)();
    if (reason) break;
  }
  co_return reason;
}

// ---------------------------------------------------------------- the steps

sys::Task<Verdict> Session::read_hello() {
  HelloOutcome hello = co_await hear_hello(walker_, down_.socket, facts_.detail);
  if (const auto* reason = std::get_if<CloseReason>(&hello)) {
    if (*reason == CloseReason::client_hello_malformed) refuse_with(Alert::decode_error);
    co_return *reason;
  }
  co_return choose_service(std::get<tls::ClientHello>(hello));
}

sys::Task<Verdict> Session::secure_downstream() {
  expect_by(facts_.began + service().limits.handshake, CloseReason::handshake_timeout);
  down_.stream.emplace(
      tls::Role::terminal_side, edition_->contexts(service_).downstream, down_.socket,
      [this](const pki::IdentityPtr& identity) { return decide(identity); }, &wake_);
  const Verdict reason = co_await shake_hands(walker_, down_, facts_.detail);
  if (reason) co_return reason;
  facts_.downstream_tls = down_.stream->facts().parameters;
  expect_judgement();
  // A generation that came during the handshake decides as well.
  if (around_.edition != edition_) carry_over(around_.edition);
  if (ending_) co_return ending_;
  co_return Verdict();
}

sys::Task<Verdict> Session::admit_source() {
  expect_by(facts_.began + service().limits.handshake, CloseReason::handshake_timeout);
  const Verdict refused = decide(nullptr);
  if (refused) refuse_with(Alert::access_denied);
  expect_judgement();
  co_return refused;
}

sys::Task<Verdict> Session::dial() {
  const auto limit = service().limits.connect;
  expect_by(around_.reactor.now() + limit + seconds(1), CloseReason::upstream_timeout);
  DialClient::Answer answer =
      co_await dial_for(walker_, around_.dialer, edition_->snapshot().generation(), service_, limit);
  if (const auto* failed = std::get_if<CloseReason>(&answer)) co_return *failed;
  Dialled& dialled = std::get<Dialled>(answer);
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

sys::Task<Verdict> Session::open_tunnel() {
  const model::Upstream& cloud = service().upstream;
  const MutableBytes plain = around_.scratch.plain();
  Heard heard;
  ConnectOutcome asked = co_await hear_connect(walker_, down_, plain, heard);
  if (const auto* ended = std::get_if<CloseReason>(&asked)) co_return *ended;
  if (const auto* other = std::get_if<http::OtherRequest>(&asked)) {
    facts_.detail = other->why;
    down_.write(as_bytes(http::refusal_answer(other->status, "http_request_error", other->why)));
    is_told_ = true;
    co_return CloseReason::connect_malformed;
  }
  const auto& request = std::get<http::ConnectRequest>(asked);
  if (request.host != cloud.server_name || request.port != cloud.port) {
    facts_.detail = request.host + ":" + std::to_string(request.port);
    refuse_tunnel(CloseReason::connect_elsewhere);
    co_return CloseReason::connect_elsewhere;
  }
  const Verdict failed = co_await dial();
  if (failed) {
    refuse_tunnel(*failed);
    co_return failed;
  }
  down_.write(as_bytes(http::tunnel_answer()));
  down_.socket.flush();
  expect_by(around_.reactor.now() + service().limits.handshake, CloseReason::handshake_timeout);
  HelloOutcome hello = co_await hear_inner_hello(walker_, down_, plain, heard, facts_.detail);
  if (const auto* ended = std::get_if<CloseReason>(&hello)) {
    if (*ended == CloseReason::inner_hello_malformed) refuse_with(Alert::decode_error);
    co_return *ended;
  }
  const Verdict refused = judge_inner(std::get<tls::ClientHello>(hello));
  if (!refused) pass_on(heard);
  co_return refused;
}

sys::Task<Verdict> Session::watch_agreement() {
  expect_by(around_.reactor.now() + service().limits.handshake, CloseReason::upstream_tls_timeout);
  if (!down_.stream) {  // its hello was looked at and left where it is
    const Bytes hello = down_.socket.unread();
    pass_on(hello);
    down_.socket.consume(hello.size());
  }
  up_->socket.flush();
  const Verdict refused = co_await hear_agreement(walker_, up_->socket, service().upstream.profile.name,
                                                  facts_.upstream_tls, facts_.detail);
  if (refused == CloseReason::inner_tls_version) refuse_with(Alert::protocol_version);
  if (refused == CloseReason::inner_tls_parameters) refuse_with(Alert::handshake_failure);
  co_return refused;
}

sys::Task<Verdict> Session::relay() {
  ticket_.end_handshake();
  around_.records.opened(facts_);
  relay_.emplace(down_, *up_, around_.scratch.plain(), facts_.bytes_up);
  expect_traffic();
  for (;;) {
    const Relay::Turn turn = relay_->turn();
    facts_.bytes_up = relay_->bytes_up();
    facts_.bytes_down = relay_->bytes_down();
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
  if (down_.stream && down_.stream->stands()) down_.stream->close_write();
  down_.socket.shut_write();
  for (std::size_t heard = 0; heard < kSeeOffBytes && !ending_;) {
    const std::size_t size = down_.socket.unread().size();
    down_.socket.consume(size);
    heard += size;
    if (down_.socket.receive()) continue;
    if (down_.socket.state() != tls::Socket::State::open) break;
    co_await wake_;
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
  down_.rest();
  up_->rest();
  rested_ = true;
}

bool Session::awaits_key() const {
  const auto awaits = [](const std::optional<tls::Stream>& stream) { return stream && stream->awaits_key(); };
  return awaits(down_.stream) || (up_ && awaits(up_->stream));
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

void Session::refuse_with(Alert alert) {
  const std::uint8_t record[] = {tls::kAlertRecord,
                                 3,
                                 3,
                                 0,
                                 2,
                                 2,
                                 static_cast<std::uint8_t>(alert)};  // RFC 8446 5.1, 6: one fatal alert
  down_.write(record);
  is_told_ = true;
}

void Session::pass_on(Bytes hello) {
  up_->write(hello);
  facts_.bytes_up += hello.size();
}

void Session::refuse_tunnel(CloseReason reason) {
  down_.write(as_bytes(tunnel_refusal(reason)));
  is_told_ = true;
}

std::vector<std::uint8_t> Session::header_for_cloud() const {
  ProxyHeaderFacts facts{facts_.source,   facts_.local, facts_.server_name,
                         facts_.terminal, {},           facts_.id.number()};
  facts.tls_version = facts_.downstream_tls.substr(0, facts_.downstream_tls.find(' '));
  return proxy_header(facts);
}

}  // namespace gw::proxy
