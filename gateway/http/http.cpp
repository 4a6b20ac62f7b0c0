#include "http/http.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <ctime>
#include <sstream>

#include "base/check.h"
#include "base/text.h"

namespace gw::http {
namespace beast = boost::beast::http;

namespace {

constexpr unsigned kHttp11 = 11;
constexpr unsigned kFinal = 200, kSwitching = 101;  // RFC 9110 15.2, 15.2.2

Error malformed(std::string why) { return {ErrorCode::http_malformed, std::move(why)}; }

}  // namespace

std::string to_octets(const Request& request) {
  beast::request<beast::string_body> out;
  out.method_string(request.method);
  out.target(request.target);
  out.version(kHttp11);
  out.set(beast::field::host, request.port == request.usual_port
                                  ? request.host
                                  : request.host + ":" + std::to_string(request.port));
  if (request.is_last) out.set(beast::field::connection, "close");
  if (!request.authorization.empty()) out.set(beast::field::authorization, request.authorization);
  if (!request.content_type.empty()) out.set(beast::field::content_type, request.content_type);
  if (!request.transfer_encoding.empty())
    out.set(beast::field::content_transfer_encoding, request.transfer_encoding);
  if (!request.content_encoding.empty()) out.set(beast::field::content_encoding, request.content_encoding);
  if (!request.range.empty()) out.set(beast::field::range, request.range);
  out.body() = request.body;
  out.prepare_payload();
  std::ostringstream octets;
  octets << out;
  return octets.str();
}

struct AnswerReader::Parser {
  beast::response_parser<beast::string_body> response;

  explicit Parser(std::size_t most_body) {
    response.header_limit(kMostHead);
    response.body_limit(most_body);
    response.eager(true);
  }
};

AnswerReader::AnswerReader(std::size_t most_body)
    : most_body_(most_body), parser_(std::make_unique<Parser>(most_body)) {}
AnswerReader::~AnswerReader() = default;

Result<> AnswerReader::take(Bytes octets) {
  taken_ += octets.size();
  too_long_ = taken_ > 2 * (kMostHead + most_body_);  // chunks have heads of their own
  if (too_long_) return malformed("the answer is too long");
  pending_.insert(pending_.end(), octets.begin(), octets.end());
  while (!pending_.empty()) {
    if (is_whole()) return malformed("something follows the answer");
    boost::system::error_code error;
    const std::size_t used =
        parser_->response.put(boost::asio::buffer(pending_.data(), pending_.size()), error);
    // What was not used is the beginning of a line; it is offered again with what follows.
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(used));
    if (error == beast::error::need_more) return Done{};
    too_long_ = error == beast::error::body_limit;
    if (error) return malformed(error.message());
    GW_TRY(pass_over_interim());
  }
  return Done{};
}

Result<> AnswerReader::end() {
  boost::system::error_code error;
  if (parser_->response.got_some() && !is_whole() && pending_.empty()) parser_->response.put_eof(error);
  if (error || !is_whole() || parser_->response.get().result_int() < kFinal)
    return malformed("the answer is cut off");
  return Done{};
}

/// RFC 9110 15.2: a client passes over interim answers that it did not ask for.
Result<> AnswerReader::pass_over_interim() {
  if (!is_whole() || parser_->response.get().result_int() >= kFinal) return Done{};
  if (parser_->response.get().result_int() == kSwitching || ++interim_ > kMostInterim)
    return malformed("interim answers and none that counts");
  parser_ = std::make_unique<Parser>(most_body_);
  return Done{};
}

std::optional<std::chrono::seconds> date_of(const std::string& text) {
  std::tm parts{};
  const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return std::chrono::seconds(::timegm(&parts));
}

std::optional<Extent> extent_of(std::string_view content_range) {
  constexpr std::string_view kUnit = "bytes ", kNone = "*";
  const std::size_t slash = content_range.rfind('/');
  if (!content_range.starts_with(kUnit) || slash == std::string_view::npos) return std::nullopt;
  const std::string_view range = content_range.substr(kUnit.size(), slash - kUnit.size());
  const auto whole = parse_decimal(content_range.substr(slash + 1));
  const auto first = parse_decimal(range.substr(0, range.find('-')));
  if (!whole || (!first && range != kNone)) return std::nullopt;
  return Extent{first, *whole};
}

std::string media_of(std::string_view content_type) {
  constexpr std::string_view kSpace = " \t";
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  const std::size_t begin = type.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return to_lower(type.substr(begin, type.find_last_not_of(kSpace) - begin + 1));
}

bool AnswerReader::is_whole() const { return parser_->response.is_done(); }

Answer AnswerReader::answer() const {
  GW_CHECK(is_whole(), "an answer is asked for when it is whole");
  const auto& message = parser_->response.get();
  return {message.result_int(),
          std::string(message[beast::field::content_type]),
          std::string(message[beast::field::retry_after]),
          message.body(),
          std::string(message[beast::field::date]),
          std::string(message[beast::field::content_range])};
}

}  // namespace gw::http
