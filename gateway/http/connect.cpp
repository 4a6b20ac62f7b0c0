#include "http/connect.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>
#include <sstream>

#include "base/text.h"

namespace gw::http {
namespace beast = boost::beast::http;

namespace {

constexpr unsigned kHttp11 = 11;
constexpr std::uint64_t kMostPort = 65'535;

/// RFC 9112 3.2.3: a host, a colon and a port, and all three of them.
std::optional<ConnectRequest> read_target(std::string_view target) {
  const std::size_t colon = target.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const auto port = parse_decimal(target.substr(colon + 1));
  if (!port || *port == 0 || *port > kMostPort) return std::nullopt;
  return ConnectRequest{to_lower(target.substr(0, colon)), static_cast<std::uint16_t>(*port)};
}

ConnectAsked read_whole(const beast::request_parser<beast::empty_body>& parser) {
  const auto& head = parser.get();
  const bool has_content = parser.chunked() || parser.content_length().value_or(0) != 0;
  ConnectAsked asked = asked_by({head.method_string().data(), head.method_string().size()},
                                {head.target().data(), head.target().size()}, has_content);
  const bool is_connect = head.method() == beast::verb::connect;
  if (is_connect && head.version() == kHttp11 && head.count(beast::field::host) != 1)  // RFC 9112 3.2
    return OtherRequest{400, "a CONNECT request with no Host, or several"};
  return asked;
}

}  // namespace

ConnectAsked asked_by(std::string_view method, std::string_view target, bool has_content) {
  if (method != "CONNECT") return OtherRequest{405, "not a CONNECT request"};
  // RFC 9110 9.3.6: there is no content in it.
  if (has_content) return OtherRequest{400, "a CONNECT request with content"};
  const auto request = read_target(target);
  if (!request) return OtherRequest{400, "a CONNECT request that names no host and port"};
  return *request;
}

OtherRequest too_long() { return {431, "a request whose head is too long"}; }

ConnectRead read_connect(Bytes so_far) {
  // RFC 9112 2.2: one empty line before the request is passed over; the parser does not.
  const bool has_empty_line = so_far.size() >= 2 && so_far[0] == '\r' && so_far[1] == '\n';
  const std::size_t before = has_empty_line ? 2 : 0;
  const Bytes head = so_far.subspan(before);
  if (head.empty()) return HalfRequest{};
  beast::request_parser<beast::empty_body> parser;
  parser.header_limit(kMostConnectHead);
  boost::system::error_code error;
  const std::size_t used = parser.put(boost::asio::buffer(head.data(), head.size()), error);
  const bool is_half = error == beast::error::need_more;
  if (error == beast::error::header_limit || (is_half && head.size() > kMostConnectHead)) return too_long();
  if (is_half) return HalfRequest{};
  if (error && !parser.is_header_done()) return OtherRequest{400, "no HTTP request: " + error.message()};
  ConnectAsked asked = read_whole(parser);
  if (auto* other = std::get_if<OtherRequest>(&asked)) return std::move(*other);
  ConnectRequest& request = std::get<ConnectRequest>(asked);
  request.size = before + used;
  return std::move(request);
}

bool may_be_whole(Bytes so_far, std::size_t looked_at) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  if (looked_at == 0 || so_far.size() > kMostConnectHead) return true;
  const std::size_t from = looked_at < kEnd.size() ? 0 : looked_at - kEnd.size() + 1;
  return as_text(so_far).find(kEnd, from) != std::string_view::npos;
}

std::string tunnel_answer() { return "HTTP/1.1 200 Connection established\r\n\r\n"; }

std::vector<std::pair<std::string, std::string>> fields_of(const Refusal& refusal) {
  std::vector<std::pair<std::string, std::string>> out{{"Proxy-Status", "sekisho; error=" + refusal.error},
                                                       {"Content-Type", "text/plain; charset=utf-8"}};
  if (refusal.status == 405) out.emplace_back("Allow", "CONNECT");  // RFC 9110 15.5.6
  return out;
}

std::string body_of(const Refusal& refusal) { return refusal.words + "\n"; }

std::string refusal_answer(const Refusal& refusal) {
  beast::response<beast::string_body> out;
  out.version(kHttp11);
  out.result(refusal.status);
  for (const auto& [name, value] : fields_of(refusal)) out.set(name, value);
  out.set(beast::field::connection, "close");
  out.body() = body_of(refusal);
  out.prepare_payload();
  std::ostringstream octets;
  octets << out;
  return octets.str();
}

}  // namespace gw::http
