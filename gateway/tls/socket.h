#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/fd.h"
#include "sys/reactor.h"

namespace gw::tls {

class Socket;

/// One worker's buffers, lent to the socket that is being served right now. An idle session owns none of
/// this: whoever needs the room next has the leftover moved into its owner. One thread.
class Scratch {
 public:
  static constexpr std::size_t kReceive = 128 * 1024;  ///< most that one receive takes
  static constexpr std::size_t kPlain = 16 * 1024;     ///< one TLS record's payload

  MutableBytes plain() { return *plain_; }

 private:
  friend class Socket;
  using Receive = std::array<std::uint8_t, kReceive>;
  using Plain = std::array<std::uint8_t, kPlain>;

  std::unique_ptr<Receive> received_ = std::make_unique<Receive>();
  std::size_t begin_ = 0;  // unread bytes of reader_ in received_
  std::size_t end_ = 0;
  Socket* reader_ = nullptr;
  std::vector<std::uint8_t> outgoing_;  // bytes of writer_ on their way
  Socket* writer_ = nullptr;
  std::unique_ptr<Plain> plain_ = std::make_unique<Plain>();
};

/// A connected TCP socket with everything it received read in one go and everything it sends written in one
/// go. Owns the descriptor; holds bytes of its own only while the peer does not take them or while they wait
/// to be read behind another socket's.
class Socket {
 public:
  enum class State : std::uint8_t { open, ended, reset };

  Socket(Scratch& scratch, UniqueFd fd) : scratch_(scratch), fd_(std::move(fd)) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket();

  Result<> attach(sys::Reactor& reactor, sys::Wake& wake) {
    return readiness_.attach(reactor, fd_.get(), wake);
  }
  int fd() const { return fd_.get(); }
  /// What is known of the peer's side of the stream.
  State state() const { return state_; }

  /// Received bytes that nobody has read yet.
  Bytes unread() const;
  void consume(std::size_t size);
  /// Takes what the kernel has, once. False: nothing now (or the stream is over: see state()).
  bool receive();
  /// Takes in bytes until unread() holds something new behind what is there. For reading ahead.
  bool receive_more();
  /// A reader would learn something: bytes, or that there will be none.
  bool has_news() const { return may_receive() || state_ != State::open || !unread().empty(); }
  /// The peer has ended its side, or all of it, whether or not that was read already.
  bool hung_up() const { return readiness_.hangup || state_ != State::open; }
  bool may_receive() const { return readiness_.readable && state_ == State::open; }

  /// Queues bytes; flush() sends them.
  void put(Bytes bytes);
  /// Sends what is queued; keeps what the kernel does not take.
  void flush();
  /// Nothing queued from before: the peer keeps up.
  bool drained() const { return unsent_from_ == unsent_.size(); }

  /// Ends our direction after everything queued has left; FIN.
  void shut_write();
  /// Makes the close a reset: the peer must not take what it got for the whole.
  void reset_on_close();

 private:
  void hold_unread();
  std::size_t send_some(Bytes bytes);
  bool take(MutableBytes room, std::size_t& size);

  Scratch& scratch_;
  UniqueFd fd_;
  sys::Readiness readiness_;
  State state_ = State::open;
  enum class WriteEnd : std::uint8_t { open, wanted, shut } write_end_ = WriteEnd::open;
  std::uint32_t held_from_ = 0;
  std::uint32_t unsent_from_ = 0;
  std::vector<std::uint8_t> held_;    // unread bytes that had to leave the scratch
  std::vector<std::uint8_t> unsent_;  // queued bytes the kernel did not take
};

}  // namespace gw::tls
