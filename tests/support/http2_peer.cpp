#include "support/http2_peer.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"

namespace gw::support {
namespace {

std::uint8_t* octets_of(const std::string& text) {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));  // the library copies them
}

}  // namespace

std::string http2_frame(std::uint8_t type, std::uint8_t flags, std::int32_t stream,
                        const std::string& payload) {
  std::string out;
  for (const int shift : {16, 8, 0}) out += static_cast<char>(payload.size() >> shift);
  out += static_cast<char>(type);
  out += static_cast<char>(flags);
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(stream >> shift);
  return out + payload;
}

std::string http2_preface() {
  return std::string(NGHTTP2_CLIENT_MAGIC, NGHTTP2_CLIENT_MAGIC_LEN) +
         http2_frame(NGHTTP2_SETTINGS, 0, 0, "");
}

std::string http2_connect_frame(std::int32_t stream, const std::string& authority, bool is_whole) {
  std::string block(
      "\x02\x07"
      "CONNECT\x01",
      10);  // :method and :authority by the static table's names
  block += static_cast<char>(authority.size());
  return http2_frame(NGHTTP2_HEADERS, is_whole ? NGHTTP2_FLAG_END_HEADERS : 0, stream, block + authority);
}

/// The library's callbacks.
struct PeerCallbacks {
  static Http2Peer& of(void* user) { return *static_cast<Http2Peer*>(user); }

  static int header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                    std::size_t name_size, const std::uint8_t* value, std::size_t value_size, std::uint8_t,
                    void* user) {
    const std::string key(reinterpret_cast<const char*>(name), name_size);
    const std::string said(reinterpret_cast<const char*>(value), value_size);
    Http2Peer::Stream& stream = of(user).stream(frame->hd.stream_id);
    (key == ":status" ? stream.status : stream.fields[key]) = said;
    return 0;
  }
  static int frame_came(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    if (frame->hd.type == NGHTTP2_GOAWAY) of(user).went_away_ = frame->goaway.error_code;
    const bool is_last = (frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS) &&
                         (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    if (is_last) of(user).stream(frame->hd.stream_id).ended = true;
    return 0;
  }
  static int data_came(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* octets,
                       std::size_t size, void* user) {
    of(user).stream(id).received.append(reinterpret_cast<const char*>(octets), size);
    return 0;
  }
  static int closed(nghttp2_session*, std::int32_t id, std::uint32_t code, void* user) {
    of(user).stream(id).closed = code;
    return 0;
  }
  static ssize_t fetch(nghttp2_session*, std::int32_t id, std::uint8_t* into, std::size_t room,
                       std::uint32_t* flags, nghttp2_data_source*, void* user) {
    Http2Peer::Stream& stream = of(user).stream(id);
    const std::size_t size = std::min(room, stream.to_send.size());
    std::memcpy(into, stream.to_send.data(), size);
    stream.to_send.erase(0, size);
    if (stream.ending && stream.to_send.empty()) *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (size == 0 && !stream.ending) return NGHTTP2_ERR_DEFERRED;
    return static_cast<ssize_t>(size);
  }
};

Http2Peer::Http2Peer(bool takes) {
  nghttp2_session_callbacks* table = nullptr;
  nghttp2_option* option = nullptr;
  GW_CHECK(nghttp2_session_callbacks_new(&table) == 0 && nghttp2_option_new(&option) == 0, "out of memory");
  nghttp2_session_callbacks_set_on_header_callback(table, PeerCallbacks::header);
  nghttp2_session_callbacks_set_on_frame_recv_callback(table, PeerCallbacks::frame_came);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table, PeerCallbacks::data_came);
  nghttp2_session_callbacks_set_on_stream_close_callback(table, PeerCallbacks::closed);
  nghttp2_option_set_no_auto_window_update(option, takes ? 0 : 1);
  nghttp2_session* made = nullptr;
  GW_CHECK(nghttp2_session_client_new2(&made, table, this, option) == 0, "out of memory");
  session_.reset(made);
  nghttp2_session_callbacks_del(table);
  nghttp2_option_del(option);
  GW_CHECK(nghttp2_submit_settings(made, NGHTTP2_FLAG_NONE, nullptr, 0) == 0, "out of memory");
}

std::int32_t Http2Peer::connect(const std::string& authority, const std::string& method) {
  const std::pair<std::string, std::string> fields[] = {
      {":method", method}, {":authority", authority}, {":scheme", "https"}, {":path", "/"}};
  std::vector<nghttp2_nv> out;
  for (const auto& [name, value] : fields)
    out.push_back({octets_of(name), octets_of(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
  if (method == "CONNECT") out.resize(2);  // RFC 9113 8.5
  nghttp2_data_provider data{};
  data.read_callback = PeerCallbacks::fetch;
  return nghttp2_submit_request(session_.get(), nullptr, out.data(), out.size(), &data, nullptr);
}

void Http2Peer::send(std::int32_t id, const std::string& octets) {
  streams_[id].to_send += octets;
  nghttp2_session_resume_data(session_.get(), id);
}

void Http2Peer::end(std::int32_t id) {
  streams_[id].ending = true;
  nghttp2_session_resume_data(session_.get(), id);
}

void Http2Peer::reset(std::int32_t id, std::uint32_t code) {
  nghttp2_submit_rst_stream(session_.get(), NGHTTP2_FLAG_NONE, id, code);
}

void Http2Peer::ping() { nghttp2_submit_ping(session_.get(), NGHTTP2_FLAG_NONE, nullptr); }

std::string Http2Peer::give() {
  std::string out;
  const std::uint8_t* octets = nullptr;
  for (;;) {
    const ssize_t size = nghttp2_session_mem_send(session_.get(), &octets);
    if (size <= 0) return out;
    out.append(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size));
  }
}

bool Http2Peer::take(const std::string& octets) {
  return nghttp2_session_mem_recv(session_.get(), octets_of(octets), octets.size()) >= 0;
}

std::uint32_t Http2Peer::most_streams() const {
  return nghttp2_session_get_remote_settings(session_.get(), NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
}

std::int32_t Http2Peer::room(std::int32_t stream) const {
  return std::min(nghttp2_session_get_remote_window_size(session_.get()),
                  nghttp2_session_get_stream_remote_window_size(session_.get(), stream));
}

}  // namespace gw::support
