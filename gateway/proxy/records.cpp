#include "proxy/records.h"

#include "base/text.h"

namespace gw::proxy {
namespace {

std::uint64_t milliseconds_between(Instant from, Instant to) {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count());
}

void add_if(Event& event, Field field, std::string_view text) {
  if (!text.empty()) event.add(field, text);
}

void add_certificate(Event& event, Field field, const pki::IdentityPtr& identity) {
  if (identity) event.add(field, to_hex(identity->fingerprint()));
}

/// Of a certificate that lives too short for anybody to carry the next one in time nobody is told.
void add_end(Event& event, const pki::IdentityPtr& identity) {
  constexpr std::chrono::days kByHand{60};
  if (identity && identity->not_after() - identity->not_before() >= kByHand)
    event.add(Field::down_until, to_timestamp(CivilTime(identity->not_after())));
}

/// What every record about a connection says.
Event about(EventId id, const SessionFacts& facts) {
  Event event(id);
  event.add(Field::session, facts.id.number()).add(Field::generation, facts.generation.number());
  event.add(Field::source, facts.source.address.to_text()).add(Field::source_port, facts.source.port);
  event.add(Field::local, facts.local.address.to_text()).add(Field::local_port, facts.local.port);
  add_if(event, Field::listener, facts.listener);
  add_if(event, Field::server_name, facts.server_name);
  add_if(event, Field::terminal, facts.terminal.empty() ? facts.known_as : facts.terminal);
  add_if(event, Field::service, facts.service);
  add_if(event, Field::rule, facts.rule);
  if (facts.remote.port != 0) {
    event.add(Field::remote, facts.remote.address.to_text());
    event.add(Field::remote_port, facts.remote.port);
  }
  add_if(event, Field::down_tls, facts.downstream_tls);
  add_if(event, Field::up_tls, facts.upstream_tls);
  add_certificate(event, Field::down_cert, facts.terminal_identity);
  add_certificate(event, Field::up_cert, facts.cloud_identity);
  return event;
}

}  // namespace

void Records::opened(SessionFacts& facts) {
  facts.opened = true;
  facts.opened_at = clock_.now();
  Event event = about(EventId::session_opened, facts);
  if (facts.hello) event.add(Field::down_hello, tls::text_of(*facts.hello));
  event.add(Field::resumed, facts.upstream_resumed ? 1 : 0);
  event.add(Field::handshake_ms, milliseconds_between(facts.began, facts.opened_at));
  event.add(Field::dial_ms, milliseconds_between(facts.began, facts.began + facts.dialled));
  event.add(Field::resolve_ms, milliseconds_between(facts.began, facts.began + facts.resolved));
  add_end(event, facts.terminal_identity);
  sink_.write(event);
  tell_two_places(facts);
}

void Records::tell_two_places(const SessionFacts& facts) {
  if (!facts.terminal_identity) return;
  const auto other =
      whereabouts_.came(facts.terminal_identity->key_fingerprint(), facts.source.address, facts.opened_at);
  if (other)
    sink_.write(about(EventId::certificate_shared, facts)
                    .add(Field::detail, "its key is at work from " + other->to_text() + ", too"));
}

void Records::ended(const SessionFacts& facts, model::CloseReason reason) {
  if (facts.opened && facts.terminal_identity)
    whereabouts_.left(facts.terminal_identity->key_fingerprint(), facts.source.address);
  if (!facts.opened) {
    if (refusals_left_ == 0) {
      ++folded_;
      return;
    }
    --refusals_left_;
  }
  Event event = about(facts.opened ? EventId::session_closed : EventId::session_refused, facts);
  event.add(Field::reason, model::to_string(reason));
  add_if(event, Field::detail, facts.detail);
  if (facts.opened) event.add(Field::bytes_up, facts.bytes_up).add(Field::bytes_down, facts.bytes_down);
  if (facts.first_octet)
    event.add(Field::first_octet_ms, milliseconds_between(facts.opened_at, *facts.first_octet));
  event.add(Field::duration_ms, milliseconds_between(facts.began, clock_.now()));
  sink_.write(event);
}

void Records::tick() {
  refusals_left_ = kRefusalsPerSecond;
  if (limited_ > 0)
    sink_.write(Event(EventId::admission_limited)
                    .add(Field::count, limited_)
                    .add(Field::source, last_limited_.to_text()));
  if (folded_ > 0) sink_.write(Event(EventId::refusals_folded).add(Field::count, folded_));
  limited_ = folded_ = 0;
  sink_.flush();
}

}  // namespace gw::proxy
