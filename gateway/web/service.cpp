#include "web/service.h"

#include "pki/certificate.h"
#include "web/cookie.h"
#include "web/pages.h"
#include "web/question.h"

namespace gw::web {
namespace {

namespace msg = ipc::web;

bool changes_something(std::string_view method) { return method != "GET" && method != "HEAD"; }

https::Answer not_there(std::string_view path, Language language) {
  const std::string methods = methods_of(path);
  if (methods.empty()) return answer_of({ErrorCode::web_not_found}, language);
  https::Answer answer = answer_of({ErrorCode::web_other_method}, language);
  answer.headers.emplace_back("Allow", methods);
  return answer;
}

/// A name of our own, so nothing in it has to be quoted (RFC 6266).
https::Answer file_for(const api::Operation& row, Reply& reply) {
  return {.status = row.status,
          .headers = {{"Content-Type", "application/octet-stream"},
                      {"Content-Disposition", "attachment; filename=\"" + reply.octets.name + "\""}},
          .body = {},
          .file = std::make_shared<const https::File>(std::move(reply.file), reply.octets.size)};
}

https::Answer answer_for(const api::Operation& row, Reply& reply, Language language) {
  if (reply.refused) {
    const msg::Refused& why = *reply.refused;
    https::Answer answer = answer_of({why.code, why.detail, why.pointer}, language);
    if (why.code == ErrorCode::account_session_ended)
      answer.headers.emplace_back("Set-Cookie", cookie_taken());
    return answer;
  }
  if (reply.file) return file_for(row, reply);
  https::Answer answer{.status = row.status, .headers = {}, .body = reply.json};
  if (!answer.body.empty()) answer.headers.emplace_back("Content-Type", "application/json");
  if (reply.answered.token == msg::Token::given)
    answer.headers.emplace_back("Set-Cookie", cookie_of(reply.answered.given));
  if (reply.answered.token == msg::Token::taken) answer.headers.emplace_back("Set-Cookie", cookie_taken());
  return answer;
}

Repeats::Digest digest_of(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all.append(std::to_string(part.size())).append(":").append(part);
  const Repeats::Digest digest = pki::sha256_of(as_bytes(all));
  wipe(all.data(), all.size());
  return digest;
}

}  // namespace

sys::Task<https::Answer> Service::serve(const https::Exchange& exchange) {
  https::Answer out = co_await answer(exchange, preferred(exchange.request.accept_language));
  dress(out);
  co_return out;
}

/// What no browser of an administrator sends.
std::optional<Problem> Service::turn_away(const https::Exchange& exchange) {
  const auto refuse = [&](ErrorCode code, std::string_view why) {
    records_.refused(exchange.source, why);
    return Problem{code};
  };
  if (!rates_.admits(exchange.source.address, clock_.now()))
    return refuse(ErrorCode::web_too_many, "too many requests");
  if (!edition_->names.has_host(exchange.request.host))
    return refuse(ErrorCode::web_host_foreign, "the host is none of the box's names");
  const std::string& origin = exchange.request.origin;
  const bool is_foreign = !origin.empty() && !edition_->names.has_origin(origin);
  if (changes_something(exchange.request.method) && is_foreign)
    return refuse(ErrorCode::web_origin_foreign, "the request comes from another site");
  return std::nullopt;
}

/// Whoever guesses from many addresses keeps controld from nothing else.
std::optional<Problem> Service::hold_back(const api::Operation& row, const https::Exchange& exchange) {
  if (row.access.kind != api::Access::Kind::anyone || strangers_.admits({}, clock_.now()))
    return std::nullopt;
  records_.refused(exchange.source, "too many who have not signed in");
  return Problem{ErrorCode::web_too_many};
}

sys::Task<https::Answer> Service::answer(const https::Exchange& exchange, Language language) {
  if (const auto problem = turn_away(exchange)) co_return answer_of(*problem, language);
  const std::string_view target = exchange.request.target;
  const std::size_t mark = std::min(target.find('?'), target.size());
  const std::string_view path = target.substr(0, mark),
                         query = target.substr(std::min(mark + 1, target.size()));
  if (exchange.request.method == "GET") {
    if (auto page = page_at(path, query, line_.is_connected())) co_return *std::move(page);
    if (auto page = ui_at(path, exchange.request.if_none_match)) co_return *std::move(page);
  }
  if (path == std::string(api::kRoot).append(api::kLivePath)) {
    https::Answer opened = co_await open_live(exchange, language);
    co_return opened;
  }
  const auto route = find_route(exchange.request.method, path);
  if (!route) co_return not_there(path, language);
  auto read_of_it = read(exchange, *route, query);
  if (const auto* problem = std::get_if<Problem>(&read_of_it)) co_return answer_of(*problem, language);
  Asked& asked = std::get<Asked>(read_of_it);
  if (const auto problem = hold_back(asked.row, exchange)) co_return answer_of(*problem, language);
  auto before = repeated(asked, exchange);
  if (auto* same = std::get_if<https::Answer>(&before)) co_return *same;
  if (const auto* problem = std::get_if<Problem>(&before)) co_return answer_of(*problem, language);
  https::Answer out = co_await carry_out(asked, language);
  co_return out;
}

std::variant<Service::Asked, Problem> Service::read(const https::Exchange& exchange, const Route& route,
                                                    std::string_view query) const {
  const https::Request& request = exchange.request;
  Asked asked{api::operation(route.operation), who_asks(exchange)};
  auto values = read_values(route, {query, request.content_type, request.body});
  if (const auto* problem = std::get_if<Problem>(&values)) return *problem;
  asked.ask.values = std::get<api::TypedValues>(std::move(values));
  asked.ask.operation = static_cast<std::uint16_t>(route.operation);
  return asked;
}

msg::Ask Service::who_asks(const https::Exchange& exchange) const {
  const https::Request& request = exchange.request;
  msg::Ask ask;
  ask.token = token_in(request.cookie);
  // One that is too long is wrong, and said to be so by whoever knows the right one.
  if (request.csrf_token.size() <= msg::kMostToken) ask.csrf = request.csrf_token;
  ask.source = exchange.source.address;
  ask.is_own_port = edition_->table.management.own_port;
  if (exchange.peer) ask.certificate = exchange.peer->fingerprint();
  return ask;
}

/// No page of another site is let in: a browser says where a WebSocket is asked for (RFC 6455 10.2).
sys::Task<https::Answer> Service::open_live(const https::Exchange& exchange, Language language) {
  const https::Request& request = exchange.request;
  if (request.method != "GET") {
    https::Answer other = answer_of({ErrorCode::web_other_method}, language);
    other.headers.emplace_back("Allow", "GET");
    co_return other;
  }
  if (!request.origin.empty() && !edition_->names.has_origin(request.origin)) {
    records_.refused(exchange.source, "a page of another site asks for a WebSocket");
    co_return answer_of({ErrorCode::web_origin_foreign}, language);
  }
  const msg::Ask whose = who_asks(exchange);
  https::Answer answer = co_await live_.open(request, whose, language);
  co_return answer;
}

std::variant<https::Answer, Problem, std::monostate> Service::repeated(Asked& asked,
                                                                       const https::Exchange& exchange) {
  const https::Request& request = exchange.request;
  const std::string& key = request.idempotency_key;
  if (asked.row.repeats == api::Repeats::free || key.empty()) return std::monostate();
  if (key.size() > Repeats::kMostKey) return Problem{ErrorCode::web_malformed, "Idempotency-Key"};
  const auto who = digest_of({asked.ask.token, asked.ask.csrf, key});
  const auto what = digest_of({request.method, request.target, request.body});
  auto found = repeats_.begin(who, what, clock_.now());
  switch (found.standing) {
    case Repeats::Standing::answered:
      return *std::move(found.answer);
    case Repeats::Standing::other:
      return Problem{ErrorCode::web_key_reused};
    case Repeats::Standing::under_way:
      return Problem{ErrorCode::web_under_way};
    case Repeats::Standing::fresh:
      asked.repeat = who;
  }
  return std::monostate();
}

/// An answer that nothing is known of is kept by nobody: whoever asks again has to find out.
sys::Task<https::Answer> Service::carry_out(const Asked& asked, Language language) {
  Result<Reply> reply = co_await line_.ask(asked.ask);
  https::Answer out =
      reply ? answer_for(asked.row, *reply, language) : answer_of({reply.error().code}, language);
  if (reply) wipe(reply->json.data(), reply->json.size());
  if (asked.repeat && reply && !reply->refused) repeats_.keep(*asked.repeat, out, clock_.now());
  if (asked.repeat && (!reply || reply->refused)) repeats_.forget(*asked.repeat);
  co_return out;
}

}  // namespace gw::web
