#include "proxy/tunnel.h"

#include <algorithm>

#include "tls/server_hello.h"

namespace gw::proxy {
namespace {

using model::CloseReason;

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
    {CloseReason::internal, 500, "proxy_internal_error"},
};
constexpr Told kOtherwise{CloseReason::upstream_unavailable, 503, "destination_unavailable"};

/// Something more of what the terminal sends inside its session.
sys::Task<Verdict> hear_more(Walker walker, Leg& down, MutableBytes plain, Heard& heard) {
  for (;;) {
    const tls::ReadOutcome got = down.read(plain);
    down.socket.flush();  // the library may owe the peer an answer
    if (got.end == tls::ReadEnd::more) {
      heard.insert(heard.end(), plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(got.size));
      co_return Verdict();
    }
    if (got.end != tls::ReadEnd::later) co_return CloseReason::handshake_abandoned;
    co_await walker.wake;
    if (walker.ending) co_return walker.ending;
  }
}

/// Of what `read` makes of the cloud's octets so far: whether it is settled, and how.
struct Settled {
  bool is_settled = false;
  Verdict verdict{};
};
Settled judge_answer(const Result<tls::AnswerRead>& read, model::ProfileName profile, std::string& words,
                     std::string& detail) {
  if (!read) {
    detail = read.error().detail;
    return {true, CloseReason::inner_answer_malformed};
  }
  if (std::holds_alternative<tls::NeedMore>(*read)) return {};
  if (const auto* refusal = std::get_if<tls::Refusal>(&*read)) {
    detail = "the cloud answered with the alert " + std::to_string(refusal->description);
    return {true, {}};
  }
  const auto& hello = std::get<tls::ServerHello>(*read);
  if (const auto agreed = tls::agreed_words(profile, hello)) {
    words = *agreed + " end to end";
    return {true, {}};
  }
  const bool by_version = !tls::offers_version_of(profile, {hello.version});
  return {true, by_version ? CloseReason::inner_tls_version : CloseReason::inner_tls_parameters};
}

}  // namespace

sys::Task<HelloOutcome> hear_hello(Walker walker, tls::Socket& socket, std::string& detail) {
  for (;;) {
    auto read = tls::read_client_hello(socket.unread());
    if (!read) {
      detail = read.error().detail;
      co_return CloseReason::client_hello_malformed;
    }
    if (auto* hello = std::get_if<tls::ClientHello>(&*read)) co_return std::move(*hello);
    if (socket.receive_more()) continue;
    if (socket.state() != tls::Socket::State::open) co_return CloseReason::handshake_abandoned;
    co_await walker.wake;
    if (walker.ending) co_return *walker.ending;
  }
}

sys::Task<HelloOutcome> hear_inner_hello(Walker walker, Leg& down, MutableBytes plain, Heard& heard,
                                         std::string& detail) {
  for (;;) {
    auto read = tls::read_client_hello(heard);
    if (!read) {
      detail = read.error().detail;
      co_return CloseReason::inner_hello_malformed;
    }
    if (auto* hello = std::get_if<tls::ClientHello>(&*read)) co_return std::move(*hello);
    const Verdict ended = co_await hear_more(walker, down, plain, heard);
    if (ended) co_return *ended;
  }
}

sys::Task<ConnectOutcome> hear_connect(Walker walker, Leg& down, MutableBytes plain, Heard& heard) {
  for (;;) {
    http::ConnectRead read = http::read_connect(heard);
    if (auto* other = std::get_if<http::OtherRequest>(&read)) co_return std::move(*other);
    if (auto* request = std::get_if<http::ConnectRequest>(&read)) {
      heard.erase(heard.begin(), heard.begin() + static_cast<std::ptrdiff_t>(request->size));
      co_return std::move(*request);
    }
    const Verdict ended = co_await hear_more(walker, down, plain, heard);
    if (ended) co_return *ended;
  }
}

std::string tunnel_refusal(CloseReason reason) {
  const auto* found = std::ranges::find(kTold, reason, &Told::reason);
  const Told& told = found == std::end(kTold) ? kOtherwise : *found;
  return http::refusal_answer(
      told.status, told.error,
      std::string(model::to_string(reason)) + ": " + std::string(model::sentence_of(reason)));
}

sys::Task<Verdict> hear_agreement(Walker walker, tls::Socket& cloud, model::ProfileName profile,
                                  std::string& words, std::string& detail) {
  for (;;) {
    const Settled settled = judge_answer(tls::read_server_hello(cloud.unread()), profile, words, detail);
    if (settled.is_settled) co_return settled.verdict;
    if (cloud.receive_more()) continue;
    if (cloud.state() != tls::Socket::State::open) co_return CloseReason::upstream_closed;
    co_await walker.wake;
    if (walker.ending) co_return walker.ending;
    cloud.flush();
  }
}

}  // namespace gw::proxy
