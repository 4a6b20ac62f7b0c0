#include "enrol/desk.h"

#include <algorithm>

#include "base/secret.h"
#include "base/text.h"
#include "browsers/settings.h"
#include "est/operation.h"
#include "pki/certificate.h"

namespace gw::enrol {
namespace {

using est::Operation;
using est::ServiceAnswer;
using Right = ipc::compartment::Enrol::Right;

constexpr std::chrono::seconds kLater{30};
constexpr unsigned kOk = 200, kBadRequest = 400, kUnauthorized = 401, kForbidden = 403, kNotFound = 404,
                   kOtherMethod = 405;

/// What is the terminal's fault, and is told to it in words; of anything else it hears that it may come
/// again.
struct Row {
  ErrorCode code;
  unsigned status;
  bool is_a_guess = false;  ///< whoever does so often has to wait
};
constexpr Row kRows[] = {
    {ErrorCode::ticket_unknown, kUnauthorized, true},
    {ErrorCode::ticket_malformed, kUnauthorized, true},
    {ErrorCode::cut_unknown_name, kUnauthorized, true},
    {ErrorCode::register_not_theirs, kForbidden, true},
    {ErrorCode::register_state, kForbidden},
    {ErrorCode::register_key_reused, kForbidden},
    {ErrorCode::register_key_changed, kForbidden},
    {ErrorCode::request_unreadable, kBadRequest},
    {ErrorCode::request_bad_signature, kBadRequest},
    {ErrorCode::request_weak_signature, kBadRequest},
    {ErrorCode::request_weak_key, kBadRequest},
    {ErrorCode::est_malformed, kBadRequest},
};
const Row* row_of(ErrorCode code) {
  const auto* row =
      std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) { return r.code == code; });
  return row == std::end(kRows) ? nullptr : row;
}

https::Answer to_http(ServiceAnswer said) {
  https::Answer out{.status = said.status, .headers = {}, .body = std::move(said.body)};
  const std::pair<const char*, std::string*> headers[] = {
      {"Content-Type", &said.content_type},
      {"Content-Transfer-Encoding", &said.transfer_encoding},
      {"Retry-After", &said.retry_after},
      {"WWW-Authenticate", &said.authenticate}};
  for (const auto& [name, value] : headers)
    if (!value->empty()) out.headers.emplace_back(name, std::move(*value));
  return out;
}

/// Of "https://box/path", too (RFC 9112 3.2.2).
std::string_view path_in(std::string_view target) {
  constexpr std::string_view kScheme = "https://";
  if (!target.starts_with(kScheme)) return target;
  const std::size_t slash = target.find('/', kScheme.size());
  return slash == std::string_view::npos ? "/" : target.substr(slash);
}

/// "ct-1", or "karte/ct-1" as the clinic writes it.
std::string terminal_in(std::string name, const std::string& tenant) {
  return name.starts_with(tenant + "/") ? name.substr(tenant.size() + 1) : name;
}

/// One that could be, at all: whatever is longer fits into no message.
bool is_ticket(std::string_view text) {
  return text.size() <= model::kMostTicketText && text.find('\0') == std::string_view::npos;
}

Result<ServiceAnswer> certificate_answer(const std::string& chain_pem) {
  GW_TRY(const auto chain, pki::read_certificates(chain_pem));
  return est::certificates_answer({pki::der_of(chain.front().get())});
}

https::Answer other_method(Operation operation) {
  https::Answer answer = to_http(est::refusal_answer(kOtherMethod, "another method is asked for here"));
  answer.headers.emplace_back("Allow", est::method_of(operation));
  return answer;
}

}  // namespace

/// For whoever asks, since browsers show no certificate for it: which clouds are asked for through the box,
/// and where (decisions/0047).
std::optional<https::Answer> Desk::settings_sheet(const https::Exchange& exchange) const {
  const std::string_view path = path_in(exchange.request.target);
  const auto sheet = std::ranges::find(browsers::sheets(), path, &browsers::Sheet::path);
  const model::Tenant& tenant = edition_->snapshot->tenant();
  const bool is_script = sheet == browsers::sheets().begin();
  if (exchange.request.method != "GET" || sheet == browsers::sheets().end()) return std::nullopt;
  if (!is_script && tenant.enrolment->proxies.empty()) return std::nullopt;
  return https::Answer{.status = kOk,
                       .headers = {{"Content-Type", std::string(sheet->type)}},
                       .body = sheet->make(tenant.enrolment->proxies, browsers::pac_url_of(tenant))};
}

sys::Task<https::Answer> Desk::serve(const https::Exchange& exchange) {
  if (auto sheet = settings_sheet(exchange)) co_return *std::move(sheet);
  const auto target = est::read_path(path_in(exchange.request.target));
  if (!target || !target->label.empty())
    co_return to_http(
        est::refusal_answer(kNotFound, "here is EST (RFC 7030): cacerts, simpleenroll, simplereenroll"));
  if (exchange.request.method != est::method_of(target->operation)) co_return other_method(target->operation);
  if (target->operation == Operation::ca_certificates)
    co_return to_http(est::certificates_answer(edition_->authorities));
  if (target->operation == Operation::request_attributes) co_return to_http(est::attributes_answer());
  if (target->operation == Operation::enrol) {
    ServiceAnswer answer = co_await enrol_by_ticket(exchange);
    co_return to_http(std::move(answer));
  }
  ServiceAnswer answer = co_await enrol_by_certificate(exchange);
  co_return to_http(std::move(answer));
}

/// RFC 7030 3.2.3, 3.3.
sys::Task<ServiceAnswer> Desk::enrol_by_ticket(const https::Exchange& exchange) {
  const auto given = est::credentials_in(exchange.request.authorization);
  if (!given) co_return est::who_are_you_answer();
  Claim claim{terminal_in(given->name, edition_->snapshot->tenant().name), Right::ticket};
  if (!is_name(claim.terminal) || !is_ticket(given->ticket.view())) {
    claim.terminal.clear();
    co_return refuse(exchange, claim,
                     {ErrorCode::ticket_malformed, "no terminal is called that, or no ticket is like that"});
  }
  claim.proof = given->ticket.view();
  ServiceAnswer answer = co_await enrol(exchange, claim);
  wipe(claim.proof.data(), claim.proof.size());
  co_return answer;
}

/// RFC 7030 4.2.2: by the certificate that TLS has verified.
sys::Task<ServiceAnswer> Desk::enrol_by_certificate(const https::Exchange& exchange) {
  const model::Terminal* terminal =
      exchange.peer ? edition_->snapshot->find_terminal(*exchange.peer) : nullptr;
  if (terminal == nullptr) {
    records_.refused(exchange.source,
                     exchange.peer ? "its certificate is no terminal's" : "it showed no certificate");
    co_return est::refusal_answer(kForbidden, "show the certificate that is to be renewed, or use a ticket");
  }
  const Claim claim{terminal->name, Right::certificate, to_hex(exchange.peer->fingerprint())};
  co_return co_await enrol(exchange, claim);
}

/// One question of an address at a time, and none while it has to wait.
sys::Task<ServiceAnswer> Desk::enrol(const https::Exchange& exchange, const Claim& claim) {
  const model::IpAddress source = exchange.source.address;
  if (const auto left = patience_.left(source, clock_.now()); left.count() > 0)
    co_return est::busy_answer(left);
  if (!asking_.insert(source).second) co_return est::busy_answer(std::chrono::seconds(1));
  ServiceAnswer answer = co_await ask(exchange, claim);
  asking_.erase(source);
  if (answer.status == kOk) patience_.was_right(source);
  co_return answer;
}

sys::Task<ServiceAnswer> Desk::ask(const https::Exchange& exchange, const Claim& claim) {
  auto request = est::read_enrolment(exchange.request.content_type, exchange.request.body);
  if (!request) co_return refuse(exchange, claim, request.error());
  if (const std::string why = obstacle(claim, exchange); !why.empty())
    co_return refuse(
        exchange, claim,
        {claim.right == Right::ticket ? ErrorCode::ticket_unknown : ErrorCode::register_state, why});
  ipc::compartment::Enrol wanted{claim.terminal, claim.right, claim.proof, exchange.source.address.to_text(),
                                 *std::move(request)};
  const Result<std::string> chain = co_await authority_.ask(wanted);
  wipe(wanted.proof.data(), wanted.proof.size());
  if (!chain) co_return refuse(exchange, claim, chain.error());
  Result<ServiceAnswer> answer = certificate_answer(*chain);
  if (!answer) co_return refuse(exchange, claim, answer.error());
  co_return *std::move(answer);
}

/// Whoever is shut out gets no certificate either, and the supervisor sees to that: here it is said at once,
/// to those who have shown who they are. Empty: nothing stands in the way.
std::string Desk::obstacle(const Claim& claim, const https::Exchange& exchange) const {
  if (cut_off_.covers_terminal(claim.terminal)) return "it is cut off";
  for (const model::Terminal& known : edition_->snapshot->tenant().terminals)
    if (known.name == claim.terminal && known.blocked) return "it is blocked";
  const bool all_blocked =
      std::any_of(cut_off_.blocks.begin(), cut_off_.blocks.end(), [&](const model::CutOff::Block& block) {
        return block.terminal == claim.terminal && block.certificate.empty();
      });
  if (all_blocked || (exchange.peer && cut_off_.blocks_certificate(claim.terminal, exchange.peer.get())))
    return "its certificates are blocked";
  return {};
}

ServiceAnswer Desk::refuse(const https::Exchange& exchange, const Claim& claim, const Error& why) {
  records_.refused(exchange.source, why.to_text(), claim.terminal);
  const Row* row = row_of(why.code);
  if (row == nullptr) return est::busy_answer(kLater);
  if (row->is_a_guess) patience_.was_wrong(exchange.source.address, clock_.now());
  if (row->status == kUnauthorized) return est::who_are_you_answer();
  return est::refusal_answer(row->status, why.detail.empty() ? std::string(to_string(why.code)) : why.detail);
}

}  // namespace gw::enrol
