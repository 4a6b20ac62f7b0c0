#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gw::support {

/// One of HTTP/2's frames by hand (RFC 9113 4.1).
std::string http2_frame(std::uint8_t type, std::uint8_t flags, std::int32_t stream,
                        const std::string& payload);
/// A connection's first octets (RFC 9113 3.4), with SETTINGS of nothing.
std::string http2_preface();
/// The head of a CONNECT request as a HEADERS frame, without an index and without Huffman codes (RFC 7541).
std::string http2_connect_frame(std::int32_t stream, const std::string& authority, bool is_whole = true);

/// A client of HTTP/2 played by nghttp2, as values over octets.
class Http2Peer {
 public:
  struct Stream {
    std::string status{}, received{};
    std::map<std::string, std::string> fields{};
    std::optional<std::uint32_t> closed{};  ///< the code, once it is over
    bool ended = false;                     ///< END_STREAM has come
    std::string to_send{};
    bool ending = false;
  };

  /// Without `takes`, what comes gives no room for more: the windows stay as they are.
  explicit Http2Peer(bool takes = true);
  Http2Peer(const Http2Peer&) = delete;  // the library knows where it is
  Http2Peer& operator=(const Http2Peer&) = delete;

  /// Asks for a tunnel.
  std::int32_t connect(const std::string& authority, const std::string& method = "CONNECT");
  void send(std::int32_t stream, const std::string& octets);
  void end(std::int32_t stream);
  void reset(std::int32_t stream, std::uint32_t code = NGHTTP2_CANCEL);
  void ping();

  /// What is to be sent next; everything.
  std::string give();
  /// False: the server broke HTTP/2.
  bool take(const std::string& octets);

  Stream& stream(std::int32_t id) { return streams_[id]; }
  /// The code of the server's GOAWAY, once it has come.
  const std::optional<std::uint32_t>& went_away() const { return went_away_; }
  std::uint32_t most_streams() const;
  /// Octets the server's windows have room for now.
  std::int32_t room(std::int32_t stream) const;

 private:
  friend struct PeerCallbacks;
  struct Free {
    void operator()(nghttp2_session* session) const { nghttp2_session_del(session); }
  };
  std::map<std::int32_t, Stream> streams_;
  std::optional<std::uint32_t> went_away_{};
  std::unique_ptr<nghttp2_session, Free> session_;
};

}  // namespace gw::support
