#include "component/tls/meeting.h"

#include <poll.h>

#include "support/chains/chain_case.h"
#include "support/loopback.h"
#include "tls/provider.h"

namespace gw::tls {
namespace {

/// What the box shows of itself; the same to everybody.
const support::Issued& box_credential() {
  static const support::Issued issued = support::TestCa::root({.name = "box ca"}).issue({.name = "box"});
  return issued;
}

EVP_PKEY* box_key() {
  static const pki::KeyPtr key = *pki::read_private_key(Secret(box_credential().key_pem));
  return key.get();
}

UniqueFd arrived(const support::LoopbackListener& listener) {
  pollfd wait{listener.fd.get(), POLLIN, 0};
  GW_CHECK(::poll(&wait, 1, 10'000) == 1, "a connection over loopback arrives");
  return support::accept_one(listener.fd.get());
}

std::unique_ptr<sys::Reactor> reactor_on(const Clock& clock) {
  GW_CHECK(install_provider(), "the provider can be installed");
  return *sys::Reactor::make(clock);
}

}  // namespace

Meeting::Meeting(const Setup& setup) : reactor_(reactor_on(clock_)), wake_(*reactor_) {
  clock_.set_civil(setup.now);
  context_ = make_context(setup);
  const support::LoopbackListener listener;
  UniqueFd caller = support::connect_to(listener.endpoint);
  UniqueFd called = arrived(listener);
  const bool terminal = setup.peer == pki::Peer::terminal;
  socket_.emplace(scratch_, std::move(terminal ? called : caller));
  GW_CHECK(socket_->attach(*reactor_, wake_), "a socket can be watched");
  UniqueFd theirs = std::move(terminal ? caller : called);
  stranger_.emplace(terminal ? support::TlsPeer::client(setup.stranger, std::move(theirs))
                             : support::TlsPeer::server(setup.stranger, std::move(theirs)));
  stream_.emplace(terminal ? Role::terminal_side : Role::cloud_side, context_, *socket_);
}

ContextPtr Meeting::make_context(const Setup& setup) {
  model::Service service{.name = "emr"};
  const auto trust = pki::read_trust({{.pem = setup.anchors_pem}}, {});
  GW_CHECK(trust, "the test's anchors can be read");
  service.downstream.credential.chain_pem = service.upstream.credential.chain_pem =
      box_credential().chain_pem;
  service.downstream.profile.name = service.upstream.profile.name = setup.profile;
  service.upstream.server_name = support::kCloudHost;
  auto made = setup.peer == pki::Peer::terminal
                  ? Context::downstream(service, *trust, box_key(), clock_)
                  : Context::upstream(service, *trust, box_key(), clock_, setup.stapling);
  GW_CHECK(made, "the box can be set up with the test's anchors");
  return *made;
}

bool Meeting::is_over() const {
  if (state_ == HandshakeState::failed) return stranger_->broken();
  return state_ == HandshakeState::done && stranger_->established();
}

bool Meeting::shake_hands() {
  for (int round = 0; round < 1000 && !is_over(); ++round) {
    stranger_->step();
    reactor_->run_once(std::chrono::milliseconds(round < 50 ? 0 : 10));
    if (state_ == HandshakeState::wants_peer) state_ = stream_->handshake();
    socket_->flush();
  }
  return is_over();
}

}  // namespace gw::tls
