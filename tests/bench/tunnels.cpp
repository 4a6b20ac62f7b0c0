#include "bench/tunnels.h"

#include <sys/socket.h>

#include <cstring>

#include "base/check.h"
#include "bench/crowd.h"
#include "support/hello_bytes.h"

namespace gw::bench {

using support::TlsPeer;

namespace {

std::string hello() {
  const tls::Octets octets = tls::HandMadeHello{}.with_name("emr.cloud.example").with(43, {2, 3, 4}).record();
  return {octets.begin(), octets.end()};
}

/// A ServerHello that chooses TLS 1.3 with TLS_AES_256_GCM_SHA384.
tls::Octets server_hello() {
  tls::Octets body{3, 3};
  body.resize(2 + 32, 9);
  for (const int octet : {0, 0x13, 0x02, 0, 0, 6, 0, 43, 0, 2, 3, 4})
    body.push_back(static_cast<std::uint8_t>(octet));
  tls::Octets message{2, 0, 0, static_cast<std::uint8_t>(body.size())};
  return tls::record_of(22, tls::joined(message, body));
}

}  // namespace

Tunnels::Tunnels() {
  Crowd::lift_limits(box);
  box.publish([](model::Tenant& tenant) {
    model::Service& service = tenant.services[0];
    service.mode = model::Mode::wrap;
    service.upstream.credential = {};
    service.upstream.anchors = {};
  });
  box.advance(std::chrono::seconds(1));
}

bool Tunnels::open(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    UniqueFd near = support::connect_to(box.listener());
    TlsPeer terminal =
        model_ ? model_->next(std::move(near)) : TlsPeer::client(box.good_terminal(), std::move(near));
    const std::size_t opened = box.count(EventId::session_opened);
    if (!ask(terminal)) return false;
    UniqueFd cloud = box.accept_cloud_raw();
    if (!answer(terminal, cloud)) return false;
    if (box.count(EventId::session_opened) == opened) return false;
    if (!model_) model_ = terminal.next(UniqueFd());
    sessions_.push_back({std::move(terminal), std::move(cloud)});
  }
  return true;
}

bool Tunnels::ask(TlsPeer& terminal) {
  const std::string where = "emr.cloud.example:" + std::to_string(box.tenant().services[0].upstream.port);
  terminal.send("CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n\r\n");
  return box.until([&] {
    terminal.step();
    return terminal.received().ends_with("\r\n\r\n");
  });
}

/// Until the box has seen what the two agree on, and its terminal has heard it.
bool Tunnels::answer(TlsPeer& terminal, const UniqueFd& cloud) {
  terminal.send(hello());
  char octets[4096];
  const auto heard = [&] {
    terminal.step();
    return ::recv(cloud.get(), octets, sizeof octets, MSG_DONTWAIT) > 0;
  };
  if (!box.until(heard)) return false;
  const tls::Octets said = server_hello();
  if (::send(cloud.get(), said.data(), said.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(said.size()))
    return false;
  const std::size_t before = terminal.received().size();
  return box.until([&] {
    terminal.step();
    return terminal.received().size() == before + said.size();
  });
}

/// As the rights of a message that nobody takes (unix(7)).
void Tunnels::park_clouds() {
  std::vector<int> descriptors;
  for (const Session& one : sessions_)
    if (one.cloud) descriptors.push_back(one.cloud.get());
  GW_CHECK(descriptors.size() <= kParkedAtOnce, "no more than a message carries");
  if (descriptors.empty()) return;
  if (!parked_[0]) {
    int ends[2];
    GW_CHECK(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0,
             "two sockets can be had");
    parked_[0].reset(ends[0]);
    parked_[1].reset(ends[1]);
  }
  const std::size_t octets = descriptors.size() * sizeof(int);
  std::vector<char> control(CMSG_SPACE(octets));
  char empty = 0;
  iovec text{&empty, 1};
  msghdr message{};
  message.msg_iov = &text;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* const head = CMSG_FIRSTHDR(&message);
  head->cmsg_len = CMSG_LEN(octets);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  std::memcpy(CMSG_DATA(head), descriptors.data(), octets);
  GW_CHECK(::sendmsg(parked_[0].get(), &message, MSG_NOSIGNAL) == 1, "the kernel takes them");
  for (Session& one : sessions_) one.cloud.reset();
}

void Tunnels::rest() {
  for (int i = 0; i < 3; ++i) box.advance(std::chrono::seconds(2));
}

}  // namespace gw::bench
