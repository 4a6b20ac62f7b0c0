#include "component/dial/name_server.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <string>

#include "base/check.h"
#include "component/dial/stage.h"
#include "dial/socket.h"

namespace gw::dial {
namespace {

/// Head, name, type and class, as the resolver writes them.
dns::Question question_of(const NameServer::Octets& query) {
  dns::MessageReader in{Bytes(query)};
  dns::Question question;
  question.id = in.u16();
  in.skip(10);
  const dns::WireName wire = in.name();
  for (std::size_t at = 0; wire[at] != 0; at += 1 + static_cast<std::size_t>(wire[at]))
    question.name += (at == 0 ? "" : ".") + wire.substr(at + 1, static_cast<std::size_t>(wire[at]));
  question.type = static_cast<dns::Type>(in.u16());
  GW_CHECK(!in.faulty(), "the resolver asks in order");
  return question;
}

}  // namespace

NameServer::NameServer(const std::string& at, Script script) : script_(std::move(script)) {
  sockaddr_in where{};
  where.sin_family = AF_INET;
  std::memcpy(&where.sin_addr, address(at).octets().data(), 4);
  const auto* name = reinterpret_cast<const sockaddr*>(&where);
  // The same port for both: somebody else may own its TCP half, so try a few.
  for (int i = 0; i < 50; ++i) {
    where.sin_port = 0;
    datagram_.reset(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    GW_CHECK(::bind(datagram_.get(), name, sizeof where) == 0, "the address is ours");
    endpoint_ = *local_endpoint(datagram_.get());
    where.sin_port = htons(endpoint_.port);
    listener_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (::bind(listener_.get(), name, sizeof where) == 0 && ::listen(listener_.get(), 8) == 0) return;
  }
  GW_CHECK(false, "some port is free for both");
}

void NameServer::act() {
  take_datagrams();
  take_streams();
}

std::vector<NameServer::Octets> NameServer::answers_to(const Octets& query, Via via,
                                                       std::uint16_t source_port) {
  const dns::Question question = question_of(query);
  heard_.push_back({question, via, source_port});
  return script_(question, via);
}

void NameServer::take_datagrams() {
  std::array<std::uint8_t, 2048> buffer;
  for (;;) {
    sockaddr_in from{};
    socklen_t size = sizeof from;
    auto* name = reinterpret_cast<sockaddr*>(&from);
    const ssize_t got = ::recvfrom(datagram_.get(), buffer.data(), buffer.size(), 0, name, &size);
    if (got < 0) return;
    for (const Octets& answer :
         answers_to(Octets(buffer.begin(), buffer.begin() + got), Via::udp, ntohs(from.sin_port)))
      ::sendto(datagram_.get(), answer.data(), answer.size(), 0, name, size);
  }
}

void NameServer::take_streams() {
  UniqueFd fresh(::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (fresh) streams_.push_back(std::move(fresh));
  for (const UniqueFd& stream : streams_) {
    std::array<std::uint8_t, 2048> buffer;
    const ssize_t got = ::recv(stream.get(), buffer.data(), buffer.size(), 0);
    if (got <= 2) continue;
    for (const Octets& answer : answers_to(Octets(buffer.begin() + 2, buffer.begin() + got), Via::tcp, 0)) {
      // In three pieces, as a network may cut it.
      const std::array<std::uint8_t, 2> length{static_cast<std::uint8_t>(answer.size() >> 8),
                                               static_cast<std::uint8_t>(answer.size())};
      ::send(stream.get(), length.data(), 1, MSG_NOSIGNAL);
      ::send(stream.get(), length.data() + 1, 1, MSG_NOSIGNAL);
      ::send(stream.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }
}

NameServer::Script says(std::vector<std::string> addresses, std::uint32_t ttl) {
  return [addresses = std::move(addresses), ttl](const dns::Question& question, NameServer::Via) {
    dns::Reply reply(question);
    for (const std::string& text : addresses) {
      const bool six = address(text).family() == model::Family::ipv6;
      if (six == (question.type == dns::Type::aaaa)) reply.address(dns::kAsked, text, ttl);
    }
    return std::vector<NameServer::Octets>{reply.octets()};
  };
}

NameServer::Script stays_silent() {
  return [](const dns::Question&, NameServer::Via) { return std::vector<NameServer::Octets>(); };
}

}  // namespace gw::dial
