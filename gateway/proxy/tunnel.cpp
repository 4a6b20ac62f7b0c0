#include "proxy/tunnel.h"

#include <algorithm>

namespace gw::proxy {
namespace {

using model::CloseReason;
using tls::ReadEnd;

/// RFC 9110 15.6, RFC 9209 2.3.
struct Told {
  CloseReason reason;
  unsigned status;
  const char* error;
};
constexpr Told kTold[] = {
    {CloseReason::connect_elsewhere, 403, "http_request_denied"},
    {CloseReason::upstream_unresolved, 502, "dns_error"},
    {CloseReason::upstream_forbidden, 502, "destination_ip_prohibited"},
    {CloseReason::upstream_refused, 502, "connection_refused"},
    {CloseReason::upstream_timeout, 504, "connection_timeout"},
    {CloseReason::upstream_unavailable, 503, "destination_unavailable"},
};

struct Taken {
  bool some = false;  ///< something has come
  Verdict over{};     ///< nothing more will
};

Taken take_as_it_is(tls::Socket& socket, CloseReason gone) {
  if (socket.receive_more()) return {.some = true};
  if (socket.state() == tls::Socket::State::open) return {};
  return {.over = gone};
}

Taken take_in_session(Ear ear, std::string& detail) {
  const tls::ReadOutcome got = ear.leg.read(ear.plain);
  ear.leg.flush();  // the library may owe the peer an answer
  ear.heard.insert(ear.heard.end(), ear.plain.begin(),
                   ear.plain.begin() + static_cast<std::ptrdiff_t>(got.size));
  if (got.end == ReadEnd::more) return {.some = true};
  if (got.end == ReadEnd::later) return {};
  if (got.end == ReadEnd::refused) detail = ear.leg.objection();
  return {.over = reason_of(got.end)};
}

/// Something more. Others get their turn before it is looked at, however fast it comes.
sys::Task<Verdict> hear_more(Walker walker, Ear ear, std::string& detail) {
  for (;;) {
    tls::Socket* const bare = ear.leg.bare();
    const Taken taken = bare != nullptr ? take_as_it_is(*bare, ear.gone) : take_in_session(ear, detail);
    if (taken.over) co_return taken.over;
    const bool is_abandoned = ear.besides != nullptr && ear.besides->hung_up();
    if (is_abandoned && !taken.some) co_return CloseReason::handshake_abandoned;
    if (taken.some) walker.wake.signal();
    co_await walker.wake;
    if (walker.ending) co_return walker.ending;
    if (taken.some) co_return Verdict();
  }
}

}  // namespace

CloseReason reason_of(ReadEnd end) {
  switch (end) {
    case ReadEnd::truncated:
      return CloseReason::truncated_downstream;
    case ReadEnd::reset:
      return CloseReason::reset_downstream;
    case ReadEnd::refused:
      return CloseReason::tls_alert_downstream;
    case ReadEnd::violation:
      return CloseReason::tls_violation_downstream;
    default:
      return CloseReason::handshake_abandoned;
  }
}

void Ear::forget(std::size_t size) const {
  if (tls::Socket* const bare = leg.bare()) return bare->consume(size);
  heard.erase(heard.begin(), heard.begin() + static_cast<std::ptrdiff_t>(size));
  if (heard.empty()) Heard().swap(heard);
}

sys::Task<HelloOutcome> hear_hello(Walker walker, Ear ear, bool after_retry, std::string& detail) {
  tls::ClientHelloReader reader(after_retry);
  for (;;) {
    auto read = reader.go_on(ear.octets());
    if (!read) {
      detail = read.error().detail;
      co_return CloseReason::client_hello_malformed;
    }
    if (auto* hello = std::get_if<tls::ClientHello>(&*read)) co_return std::move(*hello);
    const Verdict ended = co_await hear_more(walker, ear, detail);
    if (ended) co_return *ended;
  }
}

sys::Task<ConnectOutcome> hear_connect(Walker walker, Ear ear, std::string& detail) {
  for (std::size_t looked_at = 0;;) {
    const Bytes octets = ear.octets();
    if (http::may_be_whole(octets, looked_at)) {
      http::ConnectRead read = http::read_connect(octets);
      if (auto* other = std::get_if<http::OtherRequest>(&read))
        co_return http::ConnectAsked(std::move(*other));
      if (auto* request = std::get_if<http::ConnectRequest>(&read)) {
        ear.forget(request->size);
        co_return http::ConnectAsked(std::move(*request));
      }
    }
    looked_at = octets.size();
    const Verdict ended = co_await hear_more(walker, ear, detail);
    if (ended) co_return *ended;
  }
}

std::optional<http::Refusal> tunnel_refusal(CloseReason reason) {
  const auto* told = std::ranges::find(kTold, reason, &Told::reason);
  if (told == std::end(kTold)) return std::nullopt;
  const std::string words =
      std::string(model::to_string(reason)) + ": " + std::string(model::sentence_of(reason));
  return http::Refusal{told->status, told->error, words};
}

sys::Task<AnswerOutcome> hear_answer(Walker walker, Ear ear, bool after_retry, std::string& detail) {
  tls::ServerHelloReader reader(after_retry);
  for (;;) {
    const auto read = reader.go_on(ear.octets());
    if (!read) {
      detail = read.error().detail;
      co_return CloseReason::inner_answer_malformed;
    }
    if (const auto* hello = std::get_if<tls::ServerHello>(&*read)) co_return *hello;
    if (const auto* refusal = std::get_if<tls::Refusal>(&*read)) co_return *refusal;
    const Verdict ended = co_await hear_more(walker, ear, detail);
    if (ended) co_return *ended;
  }
}

}  // namespace gw::proxy
