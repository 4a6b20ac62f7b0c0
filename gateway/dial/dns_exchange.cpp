#include "dial/dns_exchange.h"

#include <sys/random.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "dial/socket.h"

namespace gw::dial {
namespace {

/// Nothing on failure: an id that can be guessed is worse than no question.
bool fill_random(std::uint16_t& id) { return ::getrandom(&id, sizeof id, 0) == sizeof id; }

bool would_block() { return errno == EAGAIN; }

}  // namespace

DnsExchange::DnsExchange(sys::Reactor& reactor, sys::Wake& wake, const model::Endpoint& server,
                         dns::Type type, const std::string& name)
    : reactor_(reactor), wake_(wake), server_(server), question_{0, type, name} {
  start();
}

void DnsExchange::start() {
  Result<UniqueFd> socket = connect_datagram(server_);
  if (!socket || !fill_random(question_.id)) return static_cast<void>(give_up());
  socket_ = *std::move(socket);
  const auto query = dns::write_query(question_);
  if (!readiness_.attach(reactor_, socket_.get(), wake_) ||
      ::send(socket_.get(), query.data(), query.size(), MSG_NOSIGNAL) < 0)
    give_up();
}

void DnsExchange::advance() {
  while (!finished() && take_step() == Pace::go_on) continue;
}

DnsExchange::Pace DnsExchange::take_step() {
  switch (stage_) {
    case Stage::asking:
      return take_datagram();
    case Stage::connecting:
      return connect_stream();
    case Stage::sending:
      return send_stream();
    case Stage::receiving:
      return receive_stream();
    case Stage::finished:
      break;
  }
  return Pace::wait;
}

DnsExchange::Pace DnsExchange::take_datagram() {
  std::array<std::uint8_t, 4096> buffer;
  const ssize_t size = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (size < 0) return would_block() ? Pace::wait : give_up();
  const auto answer = dns::read_answer(Bytes(buffer).first(static_cast<std::size_t>(size)), question_);
  if (!answer) return ++strays_ > kStrayLimit ? give_up() : Pace::go_on;
  return answer->verdict == dns::Verdict::truncated ? switch_to_stream() : finish(*answer);
}

DnsExchange::Pace DnsExchange::switch_to_stream() {
  readiness_.detach();
  Result<UniqueFd> socket = open_stream(server_.address.family());
  if (!socket) return give_up();
  socket_ = *std::move(socket);
  const auto query = dns::write_query(question_);
  outgoing_ = {static_cast<std::uint8_t>(query.size() >> 8), static_cast<std::uint8_t>(query.size())};
  outgoing_.insert(outgoing_.end(), query.begin(), query.end());
  stage_ = Stage::connecting;
  // The connect first: a socket that was never connected counts as hung up.
  const Pace pace = connect_stream();
  if (!finished() && !readiness_.attach(reactor_, socket_.get(), wake_)) return give_up();
  return pace;
}

DnsExchange::Pace DnsExchange::connect_stream() {
  const Connecting progress = connect_step(socket_.get(), server_);
  if (progress == Connecting::under_way) return Pace::wait;
  if (progress != Connecting::connected) return give_up();
  stage_ = Stage::sending;
  return Pace::go_on;
}

DnsExchange::Pace DnsExchange::send_stream() {
  const ssize_t size = ::send(socket_.get(), outgoing_.data(), outgoing_.size(), MSG_NOSIGNAL);
  if (size < 0) return would_block() ? Pace::wait : give_up();
  outgoing_.erase(outgoing_.begin(), outgoing_.begin() + size);
  if (outgoing_.empty()) stage_ = Stage::receiving;
  return Pace::go_on;
}

DnsExchange::Pace DnsExchange::receive_stream() {
  std::array<std::uint8_t, 4096> buffer;
  const ssize_t size = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (size < 0) return would_block() ? Pace::wait : give_up();
  if (size == 0) return give_up();
  incoming_.insert(incoming_.end(), buffer.begin(), buffer.begin() + size);
  if (incoming_.size() < 2) return Pace::go_on;
  const std::size_t length = static_cast<std::size_t>(incoming_[0] << 8 | incoming_[1]);
  if (incoming_.size() < 2 + length) return Pace::go_on;
  const auto answer = dns::read_answer(Bytes(incoming_).subspan(2, length), question_);
  return answer && answer->verdict != dns::Verdict::truncated ? finish(*answer) : give_up();
}

DnsExchange::Pace DnsExchange::finish(dns::Answer answer) {
  readiness_.detach();
  socket_.reset();
  answer_ = std::move(answer);
  stage_ = Stage::finished;
  return Pace::wait;
}

}  // namespace gw::dial
