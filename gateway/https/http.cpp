#include "https/http.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <sstream>

#include "base/check.h"

namespace gw::https {
namespace http = boost::beast::http;

namespace {

constexpr unsigned kHttp10 = 10, kHttp11 = 11;
constexpr std::size_t kMostPending = kMostHead + 2 * kMostBody;  // chunks have heads of their own
constexpr const char* kLeave = "100-continue";
constexpr const char* kWebsocketVersion = "13";
constexpr unsigned kSwitching = 101;

/// What is answered where it is not 400.
struct Row {
  http::error error;
  unsigned status;
};
constexpr Row kRows[] = {
    {http::error::header_limit, 431}, {http::error::body_limit, 413}, {http::error::bad_version, 505}};

unsigned status_for(const boost::system::error_code& error) {
  for (const Row& row : kRows)
    if (error == row.error) return row.status;
  return 400;
}

}  // namespace

std::string to_octets(const Answer& answer, Then then, std::string_view method) {
  http::response<http::string_body> out;
  out.result(answer.status);
  out.version(kHttp11);
  for (const auto& [name, value] : answer.headers) out.set(name, value);
  if (out.count(http::field::cache_control) == 0) out.set(http::field::cache_control, "no-store");
  const bool switches = answer.status == kSwitching;
  out.set(http::field::connection, switches ? "Upgrade" : then == Then::close ? "close" : "keep-alive");
  out.body() = answer.body;
  out.prepare_payload();
  if (answer.file) out.content_length(answer.file->size);
  // RFC 9110 8.6
  if (switches || out.result() == http::status::no_content) out.erase(http::field::content_length);
  if (method == "HEAD") out.body().clear();
  std::ostringstream octets;
  octets << out;
  return octets.str();
}

std::string leave_to_go_on() { return "HTTP/1.1 100 Continue\r\n\r\n"; }

struct RequestReader::Parser {
  http::request_parser<http::string_body> request;
  enum class Head : std::uint8_t { awaited, checked, let_go_on } head = Head::awaited;

  Parser() {
    request.header_limit(kMostHead);
    request.body_limit(kMostLongBody);
    request.eager(true);
  }
};

RequestReader::RequestReader(TakesLong takes_long)
    : takes_long_(std::move(takes_long)), parser_(std::make_unique<Parser>()) {}
RequestReader::~RequestReader() = default;

Error RequestReader::refuse(unsigned status, std::string why) {
  refusal_ = status;
  return {ErrorCode::http_malformed, std::move(why)};
}

Result<> RequestReader::take(Bytes octets) {
  if (pending_.size() + octets.size() > kMostPending) return refuse(413, "too much at once");
  pending_.insert(pending_.end(), octets.begin(), octets.end());
  skip_empty_lines();
  while (may_go_on()) {
    boost::system::error_code error;
    const std::size_t used =
        parser_->request.put(boost::asio::buffer(pending_.data(), pending_.size()), error);
    // What was not used is the beginning of a line; it is offered again with what follows.
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(used));
    GW_TRY(check_head());
    if (error == http::error::need_more) return Done{};
    if (error) return refuse(status_for(error), error.message());
  }
  return Done{};
}

/// A lone CR before a request is half an empty line.
bool RequestReader::may_go_on() const {
  const bool is_half = !parser_->request.got_some() && as_text(pending_) == "\r";
  return !pending_.empty() && !is_half && !is_whole();
}

/// RFC 9112 2.2: some send them behind a body.
void RequestReader::skip_empty_lines() {
  constexpr std::string_view kEmptyLine = "\r\n";
  while (!parser_->request.got_some() && as_text(pending_).starts_with(kEmptyLine))
    pending_.erase(pending_.begin(), pending_.begin() + kEmptyLine.size());
}

/// RFC 9112 3.2: a request of HTTP/1.1 names one host. 6.1: of the codings of a transfer we know one.
Result<> RequestReader::check_head() {
  if (parser_->head != Parser::Head::awaited || !parser_->request.is_header_done()) return Done{};
  parser_->head = Parser::Head::checked;
  const auto& message = parser_->request.get();
  if (message.version() != kHttp10 && message.version() != kHttp11)
    return refuse(505, "neither HTTP/1.1 nor 1.0");
  if (message.version() == kHttp11 && message.count(http::field::host) != 1)
    return refuse(400, "a request names one host");
  if (message.count(http::field::transfer_encoding) != 0 && !parser_->request.chunked())
    return refuse(400, "an unknown coding of the transfer");
  return limit_body();
}

/// What of a chunked one came together with its head counts beside that: no more than was taken at once.
Result<> RequestReader::limit_body() {
  const auto& message = parser_->request.get();
  const auto view = [](auto text) { return std::string_view(text.data(), text.size()); };
  if (takes_long_ && takes_long_(view(message.method_string()), view(message.target()))) return Done{};
  if (parser_->request.content_length().value_or(0) > kMostBody) return refuse(413, "body limit exceeded");
  parser_->request.body_limit(kMostBody);
  return Done{};
}

bool RequestReader::is_whole() const { return parser_->request.is_done(); }

bool RequestReader::awaits_leave() {
  if (parser_->head != Parser::Head::checked || is_whole()) return false;
  parser_->head = Parser::Head::let_go_on;
  const auto& message = parser_->request.get();
  return message.version() == kHttp11 && boost::beast::iequals(message[http::field::expect], kLeave);
}

Request RequestReader::next() {
  GW_CHECK(is_whole(), "a request is taken when it is whole");
  auto message = parser_->request.release();
  parser_ = std::make_unique<Parser>();
  const auto text = [&message](auto field) { return std::string(message[field]); };
  const bool is_for_websocket = boost::beast::websocket::is_upgrade(message) &&
                                message[http::field::sec_websocket_version] == kWebsocketVersion;
  return Request{.method = std::string(message.method_string()),
                 .target = std::string(message.target()),
                 .content_type = text(http::field::content_type),
                 .authorization = text(http::field::authorization),
                 .host = text(http::field::host),
                 .origin = text(http::field::origin),
                 .cookie = text(http::field::cookie),
                 .csrf_token = text("X-CSRF-Token"),
                 .idempotency_key = text("Idempotency-Key"),
                 .accept_language = text(http::field::accept_language),
                 .if_none_match = text(http::field::if_none_match),
                 .websocket_key = is_for_websocket ? text(http::field::sec_websocket_key) : "",
                 .body = std::move(message.body()),
                 .keeps_open = message.keep_alive()};
}

}  // namespace gw::https
