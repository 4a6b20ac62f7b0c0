// A terminal's HTTP/2 connection and the sessions that are its streams (RFC 9113 8.5, decision 0057).

#include "proxy/session.h"

namespace gw::proxy {

using model::CloseReason;

Session::Session(const Session& carrier, http2::StreamPtr stream, Admission::Ticket ticket)
    : around_(carrier.around_),
      wake_(around_.reactor),
      ticket_(std::move(ticket)),
      deadline_(around_.reactor.now() + carrier.service().limits.handshake),
      edition_(carrier.edition_),
      service_(carrier.service_),
      carried_by_(carrier.id()) {
  auto leg = std::make_unique<StreamLeg>(std::move(stream));
  stream_ = leg.get();
  down_ = std::move(leg);
  facts_.id = model::SessionId(++around_.last_session);
  facts_.generation = edition_->snapshot().generation();
  facts_.source = carrier.facts_.source;
  facts_.local = carrier.facts_.local;
  facts_.listener = carrier.facts_.listener;
  facts_.server_name = carrier.facts_.server_name;
  facts_.service = carrier.facts_.service;
  facts_.downstream_tls = carrier.facts_.downstream_tls;
  facts_.hello = carrier.facts_.hello;
  facts_.terminal_identity = carrier.facts_.terminal_identity;
  facts_.began = around_.reactor.now();
  around_.sessions.add(*this);
}

/// The stream of a terminal that has shown who it is: whether it may begin one more session, and what for.
sys::Task<Verdict> Session::join() {
  obey(around_.cut_off);
  if (ending_) co_return ending_;
  if (const Verdict refused = decide(facts_.terminal_identity)) co_return refused;
  expect_judgement();
  co_return judge_request(stream_->asked());
}

/// Nothing if the terminal speaks HTTP/1.1: then the connection is one session.
sys::Task<Verdict> Session::carry() {
  if (!line_->stream->speaks_http2()) co_return Verdict();
  ticket_.end_handshake();
  facts_.downstream_tls += " h2";
  carrier_ = std::make_unique<Carrier>(*line_, wake_, around_.scratch.plain());
  for (;;) {
    if (const Verdict ended = carry_on()) co_return stop_carrying(*ended);
    co_await wake_;
    if (ending_) co_return stop_carrying(*ending_);
  }
}

Verdict Session::carry_on() {
  const Carrier::Turn turn = carrier_->turn(around_.reactor.now());
  if (!turn.detail.empty()) facts_.detail = turn.detail;
  if (turn.ended) return turn.ended;
  begin_streams(turn.asked);
  expect_streams();
  if (turn.gave_way) wake_.signal();
  return {};
}

void Session::begin_streams(const std::vector<http2::StreamPtr>& asked) {
  for (const http2::StreamPtr& stream : asked) {
    const Instant now = around_.reactor.now();
    auto pass = around_.gate.enter();
    auto ticket = around_.admission.take_ticket(now);
    if (pass && ticket && ticket->admit_source(facts_.source.address, now)) {
      serve_stream(*this, stream, *std::move(ticket), *std::move(pass));
      continue;
    }
    around_.records.limited(facts_.source.address);
    stream->leave(http2::ErrorCode::refused_stream);
  }
}

sys::Detached Session::serve_stream(const Session& carrier, http2::StreamPtr stream, Admission::Ticket ticket,
                                    sys::Gate::Pass) {
  Session session(carrier, std::move(stream), std::move(ticket));
  co_await session.live();
}

CloseReason Session::stop_carrying(CloseReason reason) {
  // To a tunnel that stood, the orderly end of its connection is none of its own.
  const CloseReason of_streams = reason == CloseReason::finished ? CloseReason::reset_downstream : reason;
  around_.sessions.for_each([&](Session& session) {
    if (session.carried_by_ == id()) session.end(of_streams);
  });
  carrier_->go_away();
  is_told_ = true;
  const bool is_of_nobody = reason == CloseReason::finished && !carrier_->has_carried();
  return is_of_nobody ? CloseReason::handshake_abandoned : reason;
}

/// Until the first stream the handshake's limit stands.
void Session::expect_streams() {
  if (const auto& since = carrier_->in_head_since())
    expect_by(*since + service().limits.handshake, CloseReason::connect_malformed);
  else if (carrier_->is_busy())
    expect_by(Instant::max(), CloseReason::idle);
  else if (carrier_->has_carried())
    expect_by(carrier_->quiet_since() + service().limits.idle, CloseReason::idle);
}

bool Session::is_worth_a_record(CloseReason reason) const {
  return !carrier_ || !carrier_->has_carried() || reason == CloseReason::http2_violation;
}

}  // namespace gw::proxy
