#include "est/answer.h"

#include <algorithm>

#include "base/text.h"
#include "est/certs_only.h"
#include "est/media.h"

namespace gw::est {
namespace {

using std::chrono::seconds;

constexpr unsigned kOk = 200, kAccepted = 202, kUnavailable = 503;

std::optional<seconds> wait_of(const std::string& retry_after, model::CivilSeconds now) {
  std::optional<seconds> wait;
  if (const auto number = parse_decimal(retry_after))
    wait = seconds(static_cast<std::int64_t>(std::min<std::uint64_t>(*number, kLongestWait.count())));
  else if (const auto date = http::date_of(retry_after))
    wait = *date - now;
  if (!wait) return std::nullopt;
  return std::clamp(*wait, seconds(0), kLongestWait);
}

/// The first line, if the body is a text; without a type it is one (RFC 8951 5).
std::string words_in(const http::Answer& answer) {
  if (!answer.content_type.empty() && !to_lower(answer.content_type).starts_with("text/plain")) return {};
  const std::string line = answer.body.substr(0, answer.body.find_first_of("\r\n"));
  std::string quoted;
  append_json_string(quoted, std::string_view(line).substr(0, kForeignTextLimit));
  return quoted.substr(1, quoted.size() - 2);
}

Result<Answer> certificates_in(const http::Answer& answer) {
  if (!is_certificates(answer.content_type))
    return Error{ErrorCode::est_malformed, "the server answers 200 with something else than certificates"};
  // RFC 8951 3.1: base64, whatever Content-Transfer-Encoding says.
  const auto octets = from_base64(answer.body);
  if (!octets) return Error{ErrorCode::est_malformed, "the server's certificates are not in base64"};
  GW_TRY(auto all, read_certs_only(*octets));
  return Answer(Certificates{std::move(all)});
}

}  // namespace

Result<Answer> read_answer(const http::Answer& answer, model::CivilSeconds now) {
  switch (answer.status) {
    case kOk:
      return certificates_in(answer);
    case kAccepted:
    case kUnavailable:
      return Answer(TryLater{wait_of(answer.retry_after, now)});
    default:
      return Answer(Refused{answer.status, words_in(answer)});
  }
}

}  // namespace gw::est
