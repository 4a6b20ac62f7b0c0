#include "http2/connection.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>

#include "base/check.h"

namespace gw::http2 {
namespace {

/// The library's own limits; what it finds ends the connection.
constexpr std::size_t kMostUnsentAcks = 64;
constexpr std::size_t kMostContinuations = 4;  // CVE-2024-28182
constexpr std::uint64_t kResets = 200;         // CVE-2023-44487; at once, and
constexpr std::uint64_t kResetsASecond = 20;
constexpr std::size_t kMostSettings = 32;

constexpr std::size_t kFieldOverhead = 32;  // RFC 9113 6.5.2

template <class T, void (*Delete)(T*)>
struct Deleter {
  void operator()(T* value) const { Delete(value); }
};
using Options = std::unique_ptr<nghttp2_option, Deleter<nghttp2_option, nghttp2_option_del>>;
using CallbackTable = std::unique_ptr<nghttp2_session_callbacks,
                                      Deleter<nghttp2_session_callbacks, nghttp2_session_callbacks_del>>;

Options options() {
  nghttp2_option* made = nullptr;
  GW_CHECK(nghttp2_option_new(&made) == 0, "out of memory");
  Options out(made);
  nghttp2_option_set_no_auto_window_update(made, 1);
  nghttp2_option_set_no_closed_streams(made, 1);
  nghttp2_option_set_max_outbound_ack(made, kMostUnsentAcks);
  nghttp2_option_set_max_settings(made, kMostSettings);
  nghttp2_option_set_stream_reset_rate_limit(made, kResets, kResetsASecond);
  nghttp2_option_set_max_continuations(made, kMostContinuations);
  return out;
}

std::string_view text(const std::uint8_t* octets, std::size_t size) { return as_text(Bytes(octets, size)); }

/// GOAWAY (RFC 9113 6.8) about these streams and those before.
std::vector<std::uint8_t> go_away_frame(std::int32_t last, std::uint32_t code) {
  std::vector<std::uint8_t> out{0, 0, 8, NGHTTP2_GOAWAY, 0, 0, 0, 0, 0};
  for (const std::uint32_t word : {static_cast<std::uint32_t>(last), code})
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(word >> shift));
  return out;
}

}  // namespace

/// The library's callbacks, each to its method.
struct Callbacks {
  static Connection& of(void* user) { return *static_cast<Connection*>(user); }

  static int begin_frame(nghttp2_session*, const nghttp2_frame_hd* head, void* user) {
    of(user).budget_.spend(head->type);
    return 0;
  }
  static int begin_headers(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    Connection& connection = of(user);
    if (frame->headers.cat == NGHTTP2_HCAT_REQUEST)
      connection.begin_head(frame->hd.stream_id);
    else  // RFC 9113 8.5: nothing but DATA belongs to a tunnel
      connection.reset(frame->hd.stream_id, ErrorCode::protocol);
    return 0;
  }
  static int header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                    std::size_t name_size, const std::uint8_t* value, std::size_t value_size, std::uint8_t,
                    void* user) {
    if (of(user).head_.stream == frame->hd.stream_id)
      of(user).add_to_head(text(name, name_size), text(value, value_size));
    return 0;
  }
  static int frame_came(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    Connection& connection = of(user);
    const bool ends = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    if (frame->hd.type == NGHTTP2_HEADERS && connection.head_.stream == frame->hd.stream_id)
      connection.finish_head(ends);
    else if (frame->hd.type == NGHTTP2_DATA && ends)
      if (Stream* stream = connection.find(frame->hd.stream_id)) stream->peer_said_all();
    return 0;
  }
  static int data_came(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* octets,
                       std::size_t size, void* user) {
    of(user).budget_.earn();
    if (Stream* stream = of(user).find(id))
      stream->came({octets, size});
    else
      of(user).consume(id, size);
    return 0;
  }
  static int closed(nghttp2_session*, std::int32_t id, std::uint32_t, void* user) {
    of(user).close(id);
    return 0;
  }
  static int sent(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    Connection& connection = of(user);
    if (frame->hd.type == NGHTTP2_DATA && frame->hd.length > 0) connection.budget_.earn();
    const bool blames = frame->hd.type == NGHTTP2_GOAWAY && frame->goaway.error_code != NGHTTP2_NO_ERROR;
    if (blames && connection.fault_.empty())
      connection.fault_ = std::string(nghttp2_http2_strerror(frame->goaway.error_code)) + connection.words_;
    return 0;
  }
  static int refused(nghttp2_session*, int, const char* words, std::size_t size, void* user) {
    of(user).words_ = ": " + std::string(words, size);
    return 0;
  }
  static ssize_t fetch(nghttp2_session*, std::int32_t id, std::uint8_t* into, std::size_t room,
                       std::uint32_t* flags, nghttp2_data_source*, void* user) {
    Stream* stream = of(user).find(id);
    if (stream == nullptr) return NGHTTP2_ERR_DEFERRED;
    bool is_last = false;
    const std::size_t size = stream->fetch({into, room}, is_last);
    if (is_last) *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (size == 0 && !is_last) return NGHTTP2_ERR_DEFERRED;
    return static_cast<ssize_t>(size);
  }

  static CallbackTable table() {
    nghttp2_session_callbacks* made = nullptr;
    GW_CHECK(nghttp2_session_callbacks_new(&made) == 0, "out of memory");
    CallbackTable out(made);
    nghttp2_session_callbacks_set_on_begin_frame_callback(made, begin_frame);
    nghttp2_session_callbacks_set_on_begin_headers_callback(made, begin_headers);
    nghttp2_session_callbacks_set_on_header_callback(made, header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(made, frame_came);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, data_came);
    nghttp2_session_callbacks_set_on_stream_close_callback(made, closed);
    nghttp2_session_callbacks_set_on_frame_send_callback(made, sent);
    nghttp2_session_callbacks_set_error_callback2(made, refused);
    return out;
  }
};

void Connection::Free::operator()(nghttp2_session* session) const { nghttp2_session_del(session); }

Connection::Connection(std::function<void()> when_output) : when_output_(std::move(when_output)) {
  const CallbackTable callbacks = Callbacks::table();
  const Options limits = options();
  nghttp2_session* made = nullptr;
  GW_CHECK(nghttp2_session_server_new2(&made, callbacks.get(), this, limits.get()) == 0, "out of memory");
  session_.reset(made);
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, kMostStreams},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, static_cast<std::uint32_t>(kWindow)},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, http::kMostConnectHead},
      {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1}};
  GW_CHECK(nghttp2_submit_settings(made, NGHTTP2_FLAG_NONE, settings, std::size(settings)) == 0 &&
               nghttp2_session_set_local_window_size(made, NGHTTP2_FLAG_NONE, 0, kWindowOfAll) == 0,
           "out of memory");
}

Connection::~Connection() {
  for (const auto& [id, stream] : streams_) stream->over();
}

void Connection::take(Bytes octets, Instant now) {
  if (is_dead_) return;
  budget_.refill(now);
  const ssize_t taken = nghttp2_session_mem_recv(session_.get(), octets.data(), octets.size());
  if (taken < 0)
    fail(taken == NGHTTP2_ERR_BAD_CLIENT_MAGIC ? NGHTTP2_PROTOCOL_ERROR : NGHTTP2_ENHANCE_YOUR_CALM,
         nghttp2_strerror(static_cast<int>(taken)) + words_);
  else if (!budget_.holds())
    fail(NGHTTP2_ENHANCE_YOUR_CALM, "frames that move nothing came too fast");
  when_output_();
}

std::vector<StreamPtr> Connection::take_asked() {
  std::vector<StreamPtr> out = std::exchange(asked_, {});
  std::erase_if(out, [](const StreamPtr& stream) { return stream->is_reset(); });
  return out;
}

Bytes Connection::give() {
  if (is_dead_) {
    given_ = std::exchange(last_words_, {});
    return given_;
  }
  const std::uint8_t* octets = nullptr;
  ssize_t size = nghttp2_session_mem_send(session_.get(), &octets);
  if (size == 0 && std::exchange(is_leaving_, false)) {
    // Not before: once it is to go, the library says nothing else.
    nghttp2_session_terminate_session(session_.get(), NGHTTP2_NO_ERROR);
    size = nghttp2_session_mem_send(session_.get(), &octets);
  }
  if (size < 0) is_dead_ = true;
  return size > 0 ? Bytes(octets, static_cast<std::size_t>(size)) : Bytes();
}

void Connection::go_away(ErrorCode of_streams) {
  for (const auto& [id, stream] : streams_) reset(id, of_streams);
  is_leaving_ = true;
  when_output_();
}

std::size_t Connection::streams() const {
  const auto in_use = [](const auto& entry) { return !entry.second->left_; };
  return static_cast<std::size_t>(std::ranges::count_if(streams_, in_use));
}

bool Connection::is_over() const {
  if (is_dead_) return last_words_.empty();
  if (is_leaving_) return false;
  return nghttp2_session_want_read(session_.get()) == 0 && nghttp2_session_want_write(session_.get()) == 0;
}

void Connection::fail(std::uint32_t code, std::string why) {
  if (std::exchange(is_dead_, true)) return;
  fault_ = std::move(why);
  last_words_ = go_away_frame(nghttp2_session_get_last_proc_stream_id(session_.get()), code);
}

// ---------------------------------------------------------------- what streams want

void Connection::answer(StreamId id, const Fields& fields) {
  std::vector<nghttp2_nv> out;
  const auto octets = [](const std::string& words) {
    return reinterpret_cast<std::uint8_t*>(const_cast<char*>(words.data()));  // the library copies them
  };
  for (const auto& [name, value] : fields)
    out.push_back({octets(name), octets(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
  nghttp2_data_provider data{};
  data.read_callback = Callbacks::fetch;
  nghttp2_submit_response(session_.get(), id, out.data(), out.size(), &data);
  when_output_();
}

void Connection::resume(StreamId id) {
  nghttp2_session_resume_data(session_.get(), id);  // refused where nothing waits
  when_output_();
}

void Connection::consume(StreamId id, std::size_t size) {
  nghttp2_session_consume(session_.get(), id, size);
  when_output_();
}

void Connection::reset(StreamId id, ErrorCode code) {
  if (is_dead_ || find(id) == nullptr) return;
  nghttp2_submit_rst_stream(session_.get(), NGHTTP2_FLAG_NONE, id, static_cast<std::uint32_t>(code));
  when_output_();
}

// ---------------------------------------------------------------- what the library tells

void Connection::begin_head(StreamId id) { head_ = {.stream = id}; }

void Connection::add_to_head(std::string_view name, std::string_view value) {
  head_.size += name.size() + value.size() + kFieldOverhead;
  if (head_.size > http::kMostConnectHead) return;
  if (name == ":method") head_.method = value;
  if (name == ":authority") head_.authority = value;
  if (name == "content-length" && value != "0") head_.has_content = true;
}

void Connection::finish_head(bool ends) {
  const Head head = std::exchange(head_, {});
  http::ConnectAsked asked = http::asked_by(head.method, head.authority, head.has_content);
  if (std::holds_alternative<http::ConnectRequest>(asked) && ends)
    asked = http::OtherRequest{400, "a CONNECT request that ends before its tunnel"};
  if (head.size > http::kMostConnectHead) asked = http::too_long();
  auto stream = std::make_shared<Stream>(*this, head.stream, std::move(asked));
  stream->peer_ended_ = ends;
  streams_.emplace(head.stream, stream);
  asked_.push_back(std::move(stream));
}

void Connection::close(StreamId id) {
  if (head_.stream == id) head_ = {};
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  const StreamPtr stream = std::move(found->second);
  streams_.erase(found);
  nghttp2_session_consume_connection(session_.get(), stream->over());
}

Stream* Connection::find(StreamId id) {
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : found->second.get();
}

}  // namespace gw::http2
