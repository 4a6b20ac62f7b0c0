#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "http/connect.h"

namespace gw::http2 {

class Connection;

using StreamId = std::int32_t;

/// Why a stream is reset (RFC 9113 7).
enum class ErrorCode : std::uint32_t {
  none = 0x0,
  protocol = 0x1,
  refused_stream = 0x7,
  cancel = 0x8,
  connect = 0xa,  ///< the tunnel broke (8.5)
};

/// One stream and the tunnel it asked for (RFC 9113 8.5), as whoever serves it uses it. Shared by its
/// connection and its user, and either may go first. What it holds is bounded both ways: of the peer, by the
/// window; of the user, by his waiting until it is drained. One thread.
class Stream {
 public:
  Stream(Connection& connection, StreamId id, http::ConnectAsked asked)
      : connection_(&connection), id_(id), asked_(std::move(asked)) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  const http::ConnectAsked& asked() const { return asked_; }
  /// Called at every news, perhaps from within the connection's own work: it may signal and no more. Empty:
  /// nobody is there.
  std::function<void()> when_news{};

  // the answer: once, before anything else is written
  void accept();
  /// The answer ends the stream.
  void refuse(const http::Refusal& refusal);

  // the tunnel
  /// Octets of the peer, 0 for none now. What earlier calls gave counts as taken: the peer may send as much
  /// again.
  std::size_t read(MutableBytes into);
  /// The peer has said all it wanted, and all of it was read.
  bool has_ended() const { return peer_ended_ && taken_from_ == incoming_.size(); }
  /// The peer has, or its connection went: nothing more comes or goes.
  bool is_reset() const { return reset_; }
  /// Queues all of it.
  void write(Bytes octets);
  /// Nothing follows what was written.
  void end();
  /// Everything written, and the end, is on its way.
  bool is_drained() const { return sent_from_ == outgoing_.size() && (!ending_ || end_sent_); }
  /// No user from now on. A stream that is not over is reset.
  void leave(ErrorCode code);

  /// Octets it holds, for who counts.
  std::size_t held() const { return incoming_.capacity() + outgoing_.capacity(); }

 private:
  friend class Connection;
  friend struct Callbacks;
  void tell() const {
    if (when_news) when_news();
  }
  void resume();
  void consume(std::size_t size);
  // of the connection
  void came(Bytes octets);
  void peer_said_all();
  /// The octets that were never given back to the window.
  std::size_t over();
  std::size_t fetch(MutableBytes into, bool& is_last);

  Connection* connection_;  // null: it is gone, or the stream is over
  StreamId id_;
  http::ConnectAsked asked_;
  bool peer_ended_ = false, reset_ = false, ending_ = false, end_sent_ = false, left_ = false;
  std::size_t taken_from_ = 0;
  std::size_t owed_ = 0;  // octets that were read and not given back to the window
  std::size_t sent_from_ = 0;
  std::vector<std::uint8_t> incoming_, outgoing_;
};

using StreamPtr = std::shared_ptr<Stream>;

}  // namespace gw::http2
