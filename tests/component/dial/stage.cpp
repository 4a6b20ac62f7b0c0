#include "component/dial/stage.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <cstring>

#include "base/check.h"
#include "base/codec.h"
#include "dial/socket.h"

namespace gw::dial {
namespace {

using std::chrono::milliseconds;

socklen_t fill(sockaddr_storage& out, const model::Endpoint& endpoint) {
  std::memset(&out, 0, sizeof out);
  const auto& octets = endpoint.address.octets();
  if (endpoint.address.family() == model::Family::ipv4) {
    auto& in = reinterpret_cast<sockaddr_in&>(out);
    in.sin_family = AF_INET;
    in.sin_port = htons(endpoint.port);
    std::memcpy(&in.sin_addr, octets.data(), 4);
    return sizeof in;
  }
  auto& in = reinterpret_cast<sockaddr_in6&>(out);
  in.sin6_family = AF_INET6;
  in.sin6_port = htons(endpoint.port);
  std::memcpy(&in.sin6_addr, octets.data(), 16);
  return sizeof in;
}

}  // namespace

bool Stage::run_until(const std::function<bool()>& reached) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!reached()) {
    if (std::chrono::steady_clock::now() > end) return false;
    reactor->run_once(milliseconds(1));
    for (const auto& act : actors) act();
  }
  return true;
}

bool Stage::let_time_pass_until(const std::function<bool()>& reached) {
  return run_until([&] {
    clock.advance(milliseconds(100));
    return reached();
  });
}

void Stage::run_a_while() {
  for (int round = 0; round < 20; ++round) {
    reactor->run_once(milliseconds(1));
    for (const auto& act : actors) act();
  }
}

std::vector<std::string> RecordedEvents::take() {
  std::vector<std::string> lines;
  for (auto frame = ends_.second.receive(); frame && *frame; frame = ends_.second.receive()) {
    const auto event = decode<Event>((*frame)->body);
    GW_CHECK(event, "the dialer writes events");
    std::string line(to_string(event->id()));
    for (const Event::Entry& entry : event->entries())
      if (entry.field == Field::remote) line += " " + entry.text;
    lines.push_back(line);
  }
  return lines;
}

model::IpAddress address(const std::string& text) {
  const auto parsed = model::IpAddress::parse(text);
  GW_CHECK(parsed, "tests write addresses");
  return *parsed;
}

Cloud::Cloud(const std::string& at, std::uint16_t port, int backlog) {
  sockaddr_storage where;
  const socklen_t size = fill(where, {address(at), port});
  listener_.reset(::socket(where.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  GW_CHECK(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&where), size) == 0, "the address is ours");
  GW_CHECK(::listen(listener_.get(), backlog) == 0, "a bound socket listens");
  endpoint_ = *local_endpoint(listener_.get());
}

void Cloud::fall_silent() {
  for (int i = 0; i < 64; ++i) {
    UniqueFd filler = *open_stream(endpoint_.address.family());
    connect_step(filler.get(), endpoint_);
    const bool answered = connect_step(filler.get(), endpoint_) == Connecting::connected;
    queued_.push_back(std::move(filler));
    if (!answered) return;
  }
  GW_CHECK(false, "a short queue is full by now");
}

UniqueFd Cloud::accept() const {
  pollfd waiting{listener_.get(), POLLIN, 0};
  ::poll(&waiting, 1, 5'000);
  return UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
}

model::Endpoint closed_endpoint(const std::string& at) { return Cloud(at).endpoint(); }

model::DialTable one_service(std::uint16_t port, std::vector<model::IpAddress> addresses,
                             std::string server_name) {
  model::DialTable table;
  table.generation = model::Generation(1);
  table.targets.push_back(
      {model::ServiceId(0), model::Caller::proxyd, std::move(server_name), port, std::move(addresses)});
  return table;
}

}  // namespace gw::dial
