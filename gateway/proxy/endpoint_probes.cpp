#include "proxy/endpoint_probes.h"

#include "proxy/proxy_header.h"
#include "tls/probe_handshake.h"
#include "tls/probe_hello.h"

namespace gw::proxy {
namespace {

using model::CloseReason;
using model::Probe;
using Answer = model::Probed::Answer;

/// Beyond the dialer's own limit.
constexpr std::chrono::seconds kMoreThanTheDialer{1};

bool is_of_profiles(Probe probe) { return probe == Probe::tls13 || probe == Probe::tls12; }

}  // namespace

EndpointProbes::EndpointProbes(Surroundings& around, const model::Service& service,
                               model::Generation generation, sys::Wake& wake)
    : around_(around), service_(service), generation_(generation), wake_(wake) {
  grade_.service = service.name;
  grade_.profile = service.upstream.profile.name;
  grade_.at = std::chrono::floor<std::chrono::milliseconds>(around.clock.civil_now().time_since_epoch());
}

void EndpointProbes::sweep(Instant now) {
  if (now < deadline_ || ending_) return;
  ending_ = CloseReason::upstream_timeout;
  wake_.signal();
}

void EndpointProbes::stop() {
  stopped_ = true;
  ending_ = CloseReason::draining;
  wake_.signal();
}

sys::Task<> EndpointProbes::run() {
  for (std::size_t i = 0; i < model::kProbes && !stopped_; ++i) {
    ending_.reset();
    co_await ask(static_cast<Probe>(i));
  }
  deadline_ = Instant::max();
}

sys::Task<> EndpointProbes::ask(Probe probe) {
  if (around_.cut_off.covers_service(service_.name)) {
    grade_.of(probe) = {Answer::unknown, std::string(to_string(CloseReason::cut_off))};
    co_return;
  }
  const auto limit = service_.limits.connect;
  wait_for(limit + kMoreThanTheDialer);
  DialClient::Answer answer = co_await dial_for(walker_, around_.dialer, generation_, service_.id, limit);
  if (const auto* failed = std::get_if<CloseReason>(&answer)) {
    grade_.of(probe) = {Answer::unknown, std::string(to_string(*failed))};
    co_return;
  }
  tls::Socket socket(around_.scratch, std::move(std::get<Dialled>(answer).fd));
  if (!socket.attach(around_.reactor, wake_)) co_return;
  if (service_.upstream.proxy_header == model::ProxyHeader::before_tls) socket.put(proxy_header_of_nobody());
  wait_for(kChoice);
  if (is_of_profiles(probe))
    co_await shake_hands(probe, socket);
  else
    co_await send_hello(probe, socket);
}

sys::Task<> EndpointProbes::shake_hands(Probe probe, tls::Socket& socket) {
  using State = tls::ProbeHandshake::State;
  const auto handshake = tls::ProbeHandshake::make(probe, service_.upstream.server_name, socket);
  if (!handshake) {
    grade_.of(probe) = {Answer::unknown, handshake.error().to_text().substr(0, kForeignTextLimit)};
    co_return;
  }
  State before = State::shaking;
  for (;;) {
    const State state = (*handshake)->go_on();
    socket.flush();
    if (state == State::over) break;
    if (state != before) wait_for(kSequel);
    before = state;
    co_await wake_;
    if (ending_) break;
  }
  (*handshake)->tell(grade_);
  (*handshake)->close();
  socket.flush();
}

sys::Task<> EndpointProbes::send_hello(Probe probe, tls::Socket& socket) {
  socket.put(tls::probe_hello(probe, service_.upstream.server_name));
  socket.flush();
  std::optional<model::Probed> answer;
  while (!answer && !ending_) {
    if (socket.receive_more())
      answer = tls::answer_in(socket.unread());
    else if (socket.state() != tls::Socket::State::open)
      answer = model::Probed{Answer::refused, "the endpoint ended the connection"};
    else
      co_await wake_;
  }
  const model::Probed silence{Answer::unknown, "no answer in time"};
  grade_.of(probe) = answer.value_or(silence);
  socket.put(tls::probe_farewell());
  socket.flush();
}

}  // namespace gw::proxy
