#include "names/connection.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "names/answer.h"

namespace gw::names {
namespace {

constexpr std::chrono::seconds kSilence{5};
constexpr std::chrono::seconds kLifetime{30};
constexpr std::size_t kMostConnections = 128;
constexpr std::size_t kMostOfOnePeer = 8;
constexpr std::size_t kMostQuestion = 4096;
constexpr std::size_t kLengthSize = 2;  // RFC 1035 4.2.2
constexpr int kAcceptsAtOnce = 16;

model::IpAddress address_of(const sockaddr_storage& from) {
  model::IpAddress::Octets octets{};
  if (from.ss_family == AF_INET) {
    std::memcpy(octets.data(), &reinterpret_cast<const sockaddr_in&>(from).sin_addr, 4);
    return {model::Family::ipv4, octets};
  }
  std::memcpy(octets.data(), &reinterpret_cast<const sockaddr_in6&>(from).sin6_addr, 16);
  return {model::Family::ipv6, octets};
}

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

Connection::Connection(UniqueFd fd, const model::IpAddress& peer, ZonesPtr zones, Instant now)
    : fd_(std::move(fd)),
      peer_(peer),
      zones_(std::move(zones)),
      silent_until_(now + kSilence),
      ends_(now + kLifetime) {}

short Connection::awaits() const { return out_.empty() ? POLLIN : POLLOUT; }

bool Connection::go_on(Instant now) {
  if (late(now)) return false;
  Step step = Step::more;
  while (step == Step::more) {
    if (!out_.empty())
      step = write_some();
    else if (const Step answered = answer_one(); answered != Step::wait)
      step = answered, silent_until_ = now + kSilence;
    else
      step = read_some();
  }
  return step == Step::wait;
}

Connection::Step Connection::read_some() {
  std::array<std::uint8_t, kMostQuestion> part;
  const ssize_t got = ::recv(fd_.get(), part.data(), part.size(), MSG_DONTWAIT);
  if (got < 0) return would_block() ? Step::wait : Step::over;
  if (got == 0) return Step::over;
  in_.insert(in_.end(), part.begin(), part.begin() + got);
  return Step::more;
}

Connection::Step Connection::write_some() {
  const ssize_t gone =
      ::send(fd_.get(), out_.data() + sent_, out_.size() - sent_, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (gone < 0) return would_block() ? Step::wait : Step::over;
  sent_ += static_cast<std::size_t>(gone);
  if (sent_ == out_.size()) out_.clear(), sent_ = 0;
  return Step::more;
}

Connection::Step Connection::answer_one() {
  if (in_.size() < kLengthSize) return Step::wait;
  const std::size_t size = static_cast<std::size_t>(in_[0]) << 8 | in_[1];
  if (size > kMostQuestion) return Step::over;
  if (in_.size() < kLengthSize + size) return Step::wait;
  const auto reply = answer(Bytes(in_).subspan(kLengthSize, size), *zones_, Transport::tcp);
  if (!reply) return Step::over;
  in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(kLengthSize + size));
  out_ = {static_cast<std::uint8_t>(reply->size() >> 8), static_cast<std::uint8_t>(reply->size())};
  out_.insert(out_.end(), reply->begin(), reply->end());
  return Step::more;
}

void Connections::accept_from(const Door& door, Instant now) {
  for (int i = 0; i < kAcceptsAtOnce; ++i) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    UniqueFd fd(
        ::accept4(door.tcp.get(), reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!fd) return;
    const model::IpAddress peer = address_of(from);
    make_room(peer);
    all_.emplace_back(std::move(fd), peer, door.zones, now);
  }
}

void Connections::make_room(const model::IpAddress& peer) {
  const auto is_its = [&](const Connection& connection) { return connection.peer() == peer; };
  const bool too_many_its =
      std::count_if(all_.begin(), all_.end(), is_its) >= static_cast<std::ptrdiff_t>(kMostOfOnePeer);
  if (!too_many_its && all_.size() < kMostConnections) return;
  auto goes = all_.end();
  for (auto it = all_.begin(); it != all_.end(); ++it)
    if ((!too_many_its || is_its(*it)) && (goes == all_.end() || it->silent_until() < goes->silent_until()))
      goes = it;
  all_.erase(goes);
}

void Connections::go_on(Instant now) {
  std::erase_if(all_, [now](Connection& connection) { return !connection.go_on(now); });
}

}  // namespace gw::names
