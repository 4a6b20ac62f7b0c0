#include "proxy/leg.h"

#include <algorithm>

namespace gw::proxy {
namespace {

tls::ReadOutcome read_as_it_is(tls::Socket& socket, MutableBytes into) {
  using tls::ReadEnd;
  if (socket.unread().empty()) socket.receive();
  const Bytes unread = socket.unread();
  const std::size_t size = std::min(unread.size(), into.size());
  std::copy_n(unread.begin(), size, into.begin());
  socket.consume(size);
  if (size != 0) return {ReadEnd::more, size};
  switch (socket.state()) {
    case tls::Socket::State::open:
      return {ReadEnd::later};
    // Whether that was a truncation is for the TLS inside to tell, and for those who speak it.
    case tls::Socket::State::ended:
      return {ReadEnd::closed};
    case tls::Socket::State::reset:
      break;
  }
  return {ReadEnd::reset};
}

}  // namespace

tls::ReadOutcome SocketLeg::read(MutableBytes into) {
  return stream ? stream->read(into) : read_as_it_is(socket, into);
}

void SocketLeg::write(Bytes bytes) {
  if (stream)
    stream->write(bytes);
  else
    socket.put(bytes);
}

void SocketLeg::close_write() {
  if (stream && stream->stands()) stream->close_write();
  socket.shut_write();
}

std::optional<std::size_t> SocketLeg::discard() {
  const bool has_some = !socket.unread().empty() || socket.receive();
  if (!has_some && socket.state() != tls::Socket::State::open) return std::nullopt;
  const std::size_t size = socket.unread().size();
  socket.consume(size);
  return size;
}

void SocketLeg::rest() {
  if (stream) stream->rest();
}

}  // namespace gw::proxy
