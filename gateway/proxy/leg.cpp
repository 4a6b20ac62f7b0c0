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

tls::ReadOutcome Leg::read(MutableBytes into) {
  return stream ? stream->read(into) : read_as_it_is(socket, into);
}

void Leg::write(Bytes bytes) {
  if (stream)
    stream->write(bytes);
  else
    socket.put(bytes);
}

void Leg::close_write() {
  if (stream) stream->close_write();
  socket.shut_write();
}

void Leg::rest() {
  if (stream) stream->rest();
}

void Leg::abort() { socket.reset_on_close(); }

}  // namespace gw::proxy
