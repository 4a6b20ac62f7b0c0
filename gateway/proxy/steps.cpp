#include "proxy/steps.h"

namespace gw::proxy {

sys::Task<DialClient::Answer> dial_for(Walker walker, DialClient& dialer, model::Generation generation,
                                       model::ServiceId service, std::chrono::milliseconds limit) {
  DialClient::Question question(dialer, walker.wake);
  dialer.ask(question, generation, service, limit);
  while (!question.answer) {
    co_await walker.wake;
    if (walker.ending) co_return DialClient::Answer(*walker.ending);
  }
  co_return *std::move(question.answer);
}

sys::Task<Verdict> shake_hands(Walker walker, SocketLeg& leg, std::string& detail) {
  for (;;) {
    const tls::HandshakeState state = leg.stream->handshake();
    leg.socket.flush();
    if (state == tls::HandshakeState::done) co_return Verdict();
    if (state == tls::HandshakeState::failed) {
      detail = leg.stream->failure_detail();
      co_return leg.stream->failure();
    }
    co_await walker.wake;
    if (walker.ending) co_return walker.ending;
  }
}

}  // namespace gw::proxy
