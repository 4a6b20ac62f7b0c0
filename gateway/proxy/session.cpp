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

// Alert descriptions of RFC 8446 6.
constexpr std::uint8_t kHandshakeFailure = 40;
constexpr std::uint8_t kAccessDenied = 49;
constexpr std::uint8_t kDecodeError = 50;
constexpr std::uint8_t kInternalError = 80;
constexpr std::uint8_t kUnrecognizedName = 112;

/// What would have ended the session by itself, whatever was published.
/// LOG-03, ADM-04.
std::optional<CloseReason> shut_by(model::Intake intake) {
  if (intake == model::Intake::closed) return CloseReason::records_full;
  return intake == model::Intake::unclaimed ? std::optional(CloseReason::box_unclaimed) : std::nullopt;
}

bool is_of_a_date(CloseReason reason) {
  return reason == CloseReason::policy_rule_ended || reason == CloseReason::policy_exception_ended;
}

/// The same service as far as a running session can tell: it still goes where it went.
bool same_destination(const model::Service& a, const model::Service& b) {
  return a.name == b.name && a.mode == b.mode && a.upstream.server_name == b.upstream.server_name &&
         a.upstream.port == b.upstream.port && a.upstream.addresses == b.upstream.addresses;
}

}  // namespace

const Session::Step Session::kTerminate[5] = {&Session::read_hello, &Session::secure_downstream,
                                              &Session::dial, &Session::secure_upstream, &Session::relay};

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
  Verdict reason;
  if (!down_.socket.attach(around_.reactor, wake_)) reason = CloseReason::internal;
  for (const Step step : kTerminate) {
    if (reason) break;
    reason = co_await (this->*step)();
  }
  around_.records.ended(facts_, *reason);
  if (*reason == CloseReason::finished) co_return;
  if (up_) up_->abort();
  // A refusal is told by an alert, which a reset would overtake; anything later must not look like an end.
  if (!up_ && facts_.terminal.empty())
    co_await see_off();
  else
    down_.abort();
}

// ---------------------------------------------------------------- the steps

sys::Task<Verdict> Session::read_hello() {
  for (;;) {
    const auto read = tls::read_client_hello(down_.socket.unread());
    if (!read) {
      facts_.detail = read.error().detail;
      refuse_in_clear(kDecodeError);
      co_return CloseReason::client_hello_malformed;
    }
    if (const auto* hello = std::get_if<tls::ClientHello>(&*read)) co_return choose_service(*hello);
    if (down_.socket.receive_more()) continue;
    if (down_.socket.state() != tls::Socket::State::open) co_return CloseReason::handshake_abandoned;
    co_await wake_;
    if (ending_) co_return ending_;
  }
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

sys::Task<Verdict> Session::relay() {
  ticket_.end_handshake();
  around_.records.opened(facts_);
  relay_.emplace(down_, *up_, around_.scratch.plain());
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

// ---------------------------------------------------------------- decisions

Verdict Session::choose_service(const tls::ClientHello& hello) {
  facts_.server_name = hello.server_name;
  if (hello.offers_early_data) {  // NET-05
    refuse_in_clear(kHandshakeFailure);
    return CloseReason::tls_early_data;
  }
  const model::Listener* listener = edition_->snapshot().find_listener(facts_.local);
  if (listener == nullptr) return CloseReason::rule_removed;
  facts_.listener = listener->name;
  const auto picked = model::pick_service(edition_->snapshot(), listener->id, hello.server_name);
  if (const auto* reason = std::get_if<CloseReason>(&picked)) {
    refuse_in_clear(kUnrecognizedName);
    return *reason;
  }
  service_ = std::get<model::ServiceId>(picked);
  facts_.service = service().name;
  if (!edition_->serves(service_)) {
    refuse_in_clear(kInternalError);
    return CloseReason::key_unavailable;
  }
  if (const Verdict shut = shut_by(around_.cut_off.intake)) {
    refuse_in_clear(kInternalError);
    return shut;
  }
  if (around_.cut_off.covers_service(facts_.service) ||
      around_.cut_off.covers_source(facts_.source.address)) {
    refuse_in_clear(kAccessDenied);
    return CloseReason::cut_off;
  }
  return {};
}

std::variant<model::Permission, CloseReason> Session::permission_by(const model::Snapshot& snapshot) const {
  const model::Listener* listener = snapshot.find_listener(facts_.local);
  if (listener == nullptr) return CloseReason::rule_removed;
  return model::authorise(snapshot, listener->id, *facts_.terminal_identity, facts_.server_name,
                          around_.clock.civil_now());
}

std::variant<model::Permission, CloseReason> Session::kept_by(const model::Snapshot& next) const {
  const auto answer = permission_by(next);
  const auto* permission = std::get_if<model::Permission>(&answer);
  if (permission != nullptr && same_destination(service(), next.service(permission->service))) return answer;
  const auto* refused = std::get_if<CloseReason>(&answer);
  return refused != nullptr && is_of_a_date(*refused) ? *refused : CloseReason::rule_removed;
}

Verdict Session::decide(const pki::IdentityPtr& identity) {
  facts_.terminal_identity = identity;
  const model::Snapshot& snapshot = edition_->snapshot();
  const auto answer = permission_by(snapshot);
  if (const model::Terminal* known = snapshot.find_terminal(*identity)) facts_.known_as = known->name;
  if (const auto* reason = std::get_if<CloseReason>(&answer)) return *reason;
  const auto& permission = std::get<model::Permission>(answer);
  const std::string& terminal = snapshot.terminal(permission.terminal).name;
  if (const Verdict shut = shut_by(around_.cut_off.intake)) return shut;
  if (around_.cut_off.blocks_certificate(terminal, *identity)) return CloseReason::terminal_blocked;
  if (around_.cut_off.covers_terminal(terminal)) return CloseReason::cut_off;
  if (!ticket_.admit_terminal(terminal, around_.reactor.now())) return CloseReason::admission_limit;
  facts_.terminal = terminal;
  facts_.rule = snapshot.rule(permission.rule).name;
  permitted_until_ = permission.until;
  return {};
}

void Session::obey(const model::CutOff& cut_off) {
  const bool covered = cut_off.covers_service(facts_.service) || cut_off.covers_terminal(facts_.terminal) ||
                       cut_off.covers_source(facts_.source.address);
  if (covered) end(CloseReason::cut_off);
  if (facts_.terminal_identity && cut_off.blocks_certificate(facts_.terminal, *facts_.terminal_identity))
    end(CloseReason::terminal_blocked);
}

bool Session::carry_over(const EditionPtr& next) {
  if (facts_.terminal.empty()) return true;  // not authorised yet: decided when it is
  const model::Snapshot& snapshot = next->snapshot();
  const auto answer = kept_by(snapshot);
  if (const auto* refused = std::get_if<CloseReason>(&answer)) {
    end(*refused);
    return false;
  }
  const auto* permission = std::get_if<model::Permission>(&answer);
  if (!next->serves(permission->service)) {
    end(CloseReason::key_unavailable);
    return false;
  }
  service_ = permission->service;
  edition_ = next;
  permitted_until_ = permission->until;
  expect_judgement();
  facts_.generation = snapshot.generation();
  facts_.rule = snapshot.rule(permission->rule).name;
  facts_.terminal = snapshot.terminal(permission->terminal).name;
  obey(around_.cut_off);  // by whatever name the terminal has now
  return true;
}

std::optional<CloseReason> Session::foresee(const model::Snapshot& next) const {
  if (facts_.terminal.empty()) return std::nullopt;
  const auto answer = kept_by(next);
  const auto* refused = std::get_if<CloseReason>(&answer);
  return refused != nullptr ? std::optional(*refused) : std::nullopt;
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

void Session::judge_again(model::CivilSeconds now) {
  const auto answer = permission_by(edition_->snapshot());
  if (const auto* refused = std::get_if<CloseReason>(&answer)) end(*refused);
  const Edition::Contexts& contexts = edition_->contexts(service_);
  const auto judge = [this](Leg& leg, const tls::ContextPtr& by) {
    if (ending_ || !leg.stream || !leg.stream->stands()) return;
    const Verdict refused = leg.stream->judge_again(by);
    if (!refused) return;
    facts_.detail = leg.stream->failure_detail();
    end(*refused);
  };
  judge(down_, contexts.downstream);
  if (up_) judge(*up_, contexts.upstream);
  expect_judgement();
  judged_until_ = std::max(judged_until_, now + seconds(1));
}

// ---------------------------------------------------------------- deadlines and small things

void Session::end(CloseReason reason) {
  if (!ending_) ending_ = reason;
  wake_.signal();
}

void Session::sweep(Instant now) {
  if (now >= deadline_) return end(awaits_key() ? CloseReason::key_unavailable : late_reason_);
  if (!relay_ || rested_ || now - last_traffic_ < seconds(1)) return;
  down_.stream->rest();
  up_->stream->rest();
  rested_ = true;
}

void Session::expect_judgement() {
  const Edition::Contexts& contexts = edition_->contexts(service_);
  judged_until_ = permitted_until_;
  const auto look = [this](const Leg& leg, const tls::ContextPtr& by) {
    if (leg.stream && leg.stream->stands())
      judged_until_ = std::min(judged_until_, leg.stream->holds_until(by));
  };
  look(down_, contexts.downstream);
  if (up_) look(*up_, contexts.upstream);
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

void Session::refuse_in_clear(std::uint8_t alert) {
  const std::uint8_t record[] = {21, 3, 3, 0, 2, 2, alert};  // RFC 8446 5.1, 6: one fatal alert
  down_.socket.put(record);
  down_.socket.flush();
}

std::vector<std::uint8_t> Session::header_for_cloud() const {
  ProxyHeaderFacts facts{facts_.source,   facts_.local, facts_.server_name,
                         facts_.terminal, {},           facts_.id.number()};
  facts.tls_version = facts_.downstream_tls.substr(0, facts_.downstream_tls.find(' '));
  return proxy_header(facts);
}

}  // namespace gw::proxy
