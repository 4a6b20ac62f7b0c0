#include "tls/socket.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace gw::tls {
namespace {

void forget(std::vector<std::uint8_t>& bytes, std::uint32_t& from) {
  std::vector<std::uint8_t>().swap(bytes);
  from = 0;
}

}  // namespace

Socket::~Socket() {
  if (scratch_.reader_ == this) scratch_.reader_ = nullptr;
  if (scratch_.writer_ == this) {
    scratch_.writer_ = nullptr;
    scratch_.outgoing_.clear();
  }
  readiness_.detach();
}

Bytes Socket::unread() const {
  if (held_from_ < held_.size()) return Bytes(held_).subspan(held_from_);
  if (scratch_.reader_ != this) return {};
  return Bytes(*scratch_.received_).subspan(scratch_.begin_, scratch_.end_ - scratch_.begin_);
}

void Socket::consume(std::size_t size) {
  if (size == 0) return;  // nothing unread: the scratch may be somebody else's
  if (held_from_ < held_.size()) {
    held_from_ += static_cast<std::uint32_t>(size);
    if (held_from_ == held_.size()) forget(held_, held_from_);
    return;
  }
  GW_CHECK(scratch_.reader_ == this && size <= scratch_.end_ - scratch_.begin_,
           "only received bytes are consumed");
  scratch_.begin_ += size;
}

void Socket::hold_unread() {
  const Bytes rest = unread();
  if (!rest.empty() && held_.empty()) held_.assign(rest.begin(), rest.end());
  scratch_.reader_ = nullptr;
}

bool Socket::take(MutableBytes room, std::size_t& size) {
  while (may_receive()) {
    const ssize_t got = ::recv(fd_.get(), room.data(), room.size(), 0);
    if (got > 0) {
      size = static_cast<std::size_t>(got);
      // A short read emptied the socket: the next news comes as an event, unless the peer has closed.
      if (size < room.size() && !readiness_.hangup) readiness_.readable = false;
      return true;
    }
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN)
      readiness_.readable = false;
    else
      state_ = got == 0 ? State::ended : State::reset;
    return false;
  }
  return false;
}

bool Socket::receive() {
  if (!may_receive()) return false;
  GW_CHECK(unread().empty(), "received bytes are read before more are taken");
  if (scratch_.reader_ != nullptr && scratch_.reader_ != this) scratch_.reader_->hold_unread();
  scratch_.reader_ = this;
  scratch_.begin_ = scratch_.end_ = 0;
  return take(*scratch_.received_, scratch_.end_);
}

bool Socket::receive_more() {
  if (unread().empty()) return receive();
  if (scratch_.reader_ == this) hold_unread();
  constexpr std::size_t kStep = 4096;
  const std::size_t before = held_.size();
  std::size_t size = 0;
  held_.resize(before + kStep);
  const bool taken = take(MutableBytes(held_).subspan(before), size);
  held_.resize(before + size);
  return taken;
}

void Socket::put(Bytes bytes) {
  if (scratch_.writer_ != this) {
    if (scratch_.writer_ != nullptr) scratch_.writer_->flush();
    scratch_.writer_ = this;
  }
  scratch_.outgoing_.insert(scratch_.outgoing_.end(), bytes.begin(), bytes.end());
}

std::size_t Socket::send_some(Bytes bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size() && state_ != State::reset) {
    const ssize_t size = ::send(fd_.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (size >= 0) {
      sent += static_cast<std::size_t>(size);
    } else if (errno == EAGAIN) {
      break;
    } else if (errno != EINTR) {
      state_ = State::reset;
    }
  }
  return sent;
}

void Socket::flush() {
  if (unsent_from_ < unsent_.size()) {
    unsent_from_ += static_cast<std::uint32_t>(send_some(Bytes(unsent_).subspan(unsent_from_)));
    if (unsent_from_ == unsent_.size() || state_ == State::reset) forget(unsent_, unsent_from_);
  }
  if (scratch_.writer_ == this) {
    std::vector<std::uint8_t>& queue = scratch_.outgoing_;
    const std::size_t sent = drained() ? send_some(queue) : 0;
    if (state_ != State::reset)
      unsent_.insert(unsent_.end(), queue.begin() + static_cast<std::ptrdiff_t>(sent), queue.end());
    queue.clear();
    scratch_.writer_ = nullptr;
  }
  if (write_end_ == WriteEnd::wanted && drained()) {
    ::shutdown(fd_.get(), SHUT_WR);
    write_end_ = WriteEnd::shut;
  }
}

void Socket::shut_write() {
  if (write_end_ == WriteEnd::open) write_end_ = WriteEnd::wanted;
  flush();
}

void Socket::reset_on_close() {
  const linger now{1, 0};
  ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

}  // namespace gw::tls
