#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "http2/frame_budget.h"
#include "http2/stream.h"

struct nghttp2_session;

namespace gw::http2 {

/// The server's end of one HTTP/2 connection (RFC 9113) on which a peer asks for tunnels, as values over
/// octets: nothing here knows of sockets or TLS. nghttp2 reads and writes the frames.
///
/// Bounded whatever the peer sends: kMostStreams streams, kWindow octets of each and kWindowOfAll of all
/// that their users did not take, kMostConnectHead octets of a head, and a FrameBudget. One thread.
class Connection {
 public:
  static constexpr std::uint32_t kMostStreams = 100;
  static constexpr std::int32_t kWindow = 65'535;
  static constexpr std::int32_t kWindowOfAll = 1'048'576;

  /// `when_output` is called when there may be something to give; it may signal and no more.
  explicit Connection(std::function<void()> when_output);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  /// Streams that somebody still uses are told that they were reset.
  ~Connection();

  /// Takes in what came; at most some ten thousand octets at once, since limits are looked at behind them.
  void take(Bytes octets, Instant now);
  /// Those whose requests are whole since the last call, and which are not over again.
  std::vector<StreamPtr> take_asked();
  /// The next octets for the peer, none: nothing now. Good until the next call of anything.
  Bytes give();

  /// Resets every stream and says that there will be no other (GOAWAY). What remains is to give it.
  void go_away(ErrorCode of_streams);
  /// Nothing more will be read, and nothing is left to give.
  bool is_over() const;
  /// How the peer broke HTTP/2 or flooded; empty: it did not.
  const std::string& fault() const { return fault_; }
  /// A request has begun and is not whole.
  bool is_in_head() const { return head_.stream != 0; }
  /// Streams that somebody uses.
  std::size_t streams() const;

 private:
  friend class Stream;
  friend struct Callbacks;
  using Fields = std::vector<std::pair<std::string, std::string>>;
  struct Head {
    StreamId stream = 0;
    std::string method{}, authority{};
    std::size_t size = 0;  // as RFC 9113 6.5.2 counts
    bool has_content = false;
  };
  struct Free {
    void operator()(nghttp2_session* session) const;
  };

  // of a stream
  void answer(StreamId id, const Fields& fields);
  void resume(StreamId id);
  void consume(StreamId id, std::size_t size);
  void reset(StreamId id, ErrorCode code);
  // of the library
  void begin_head(StreamId id);
  void add_to_head(std::string_view name, std::string_view value);
  void finish_head(bool ends);
  void close(StreamId id);
  Stream* find(StreamId id);
  void fail(std::uint32_t code, std::string why);

  std::function<void()> when_output_;
  FrameBudget budget_;
  Head head_;
  std::map<StreamId, StreamPtr> streams_;
  std::vector<StreamPtr> asked_;
  std::string fault_;
  std::string words_;                       // the library's, of what it refused last
  std::vector<std::uint8_t> last_words_{};  // GOAWAY, when the library can say nothing more
  std::vector<std::uint8_t> given_{};       // what give() lent out of it
  bool is_leaving_ = false;
  bool is_dead_ = false;
  std::unique_ptr<nghttp2_session, Free> session_;
};

}  // namespace gw::http2
