// What a session may do: whether it may begin, and whether it may go on.

#include <algorithm>

#include "base/text.h"
#include "proxy/session.h"
#include "tls/server_hello.h"

namespace gw::proxy {
namespace {

using model::CloseReason;
using std::chrono::seconds;

/// What would have ended the session by itself, whatever was published.
/// LOG-03, ADM-04.
std::optional<CloseReason> shut_by(model::Intake intake) {
  if (intake == model::Intake::closed) return CloseReason::records_full;
  return intake == model::Intake::unclaimed ? std::optional(CloseReason::box_unclaimed) : std::nullopt;
}

/// Four digits, as the RFCs write code points.
std::string hexadecimal(std::uint16_t number) {
  const std::uint8_t octets[] = {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
  return to_hex(octets);
}

bool is_of_a_date(CloseReason reason) {
  return reason == CloseReason::policy_rule_ended || reason == CloseReason::policy_exception_ended;
}

/// The same service as far as a running session can tell: it still goes where it went.
bool same_destination(const model::Service& a, const model::Service& b) {
  return a.name == b.name && a.mode == b.mode && a.upstream.server_name == b.upstream.server_name &&
         a.upstream.port == b.upstream.port && a.upstream.addresses == b.upstream.addresses;
}

}  // namespace

Verdict Session::choose_service(const tls::ClientHello& hello) {
  facts_.server_name = hello.server_name;
  facts_.hello = hello.fingerprint;
  const model::Listener* listener = edition_->snapshot().find_listener(facts_.local);
  if (listener == nullptr) return CloseReason::rule_removed;
  facts_.listener = listener->name;
  const auto picked = model::pick_service(edition_->snapshot(), listener->id, hello.server_name);
  if (const auto* reason = std::get_if<CloseReason>(&picked)) {
    refuse_with(Alert::unrecognized_name);
    return *reason;
  }
  service_ = std::get<model::ServiceId>(picked);
  facts_.service = service().name;
  const bool speaks = model::speaks_downstream(service().mode);
  if (speaks && hello.offers_early_data) {  // NET-05
    refuse_with(Alert::handshake_failure);
    return CloseReason::tls_early_data;
  }
  if (!edition_->serves(service_)) {
    refuse_with(Alert::internal_error);
    return CloseReason::key_unavailable;
  }
  if (const Verdict shut = shut_by(around_.cut_off.intake)) {
    refuse_with(Alert::internal_error);
    return shut;
  }
  if (around_.cut_off.covers_service(facts_.service) ||
      around_.cut_off.covers_source(facts_.source.address)) {
    refuse_with(Alert::access_denied);
    return CloseReason::cut_off;
  }
  return speaks ? Verdict() : judge_inner(hello);
}

Verdict Session::judge_request(const http::ConnectAsked& asked) {
  const auto* other = std::get_if<http::OtherRequest>(&asked);
  if (other == nullptr) return judge_target(std::get<http::ConnectRequest>(asked));
  facts_.detail = other->why;
  answer({other->status, "http_request_error", other->why});
  return CloseReason::connect_malformed;
}

Verdict Session::judge_target(const http::ConnectRequest& request) {
  const model::Upstream& cloud = service().upstream;
  if (request.host == cloud.server_name && request.port == cloud.port) return {};
  facts_.detail = request.host + ":" + std::to_string(request.port);
  answer(*tunnel_refusal(CloseReason::connect_elsewhere));
  return CloseReason::connect_elsewhere;
}

Verdict Session::judge_inner(const tls::ClientHello& hello) {
  const model::Upstream& cloud = service().upstream;
  if (hello.server_name != cloud.server_name) {
    facts_.detail = hello.server_name;
    refuse_with(Alert::unrecognized_name);
    return CloseReason::inner_name;
  }
  if (hello.is_encrypted) {  // NET-10
    refuse_with(Alert::handshake_failure);
    return CloseReason::inner_encrypted;
  }
  if (!tls::offers_version_of(cloud.profile.name, hello.versions)) {
    facts_.detail = "the terminal offers none";
    refuse_with(Alert::protocol_version);
    return CloseReason::inner_tls_version;
  }
  return {};
}

Verdict Session::judge_agreement(const tls::ServerHello& hello) {
  const model::ProfileName profile = service().upstream.profile.name;
  if (const auto agreed = tls::agreed_words(profile, hello)) {
    // What asks for another hello settles nothing for the record.
    if (!hello.is_retry) facts_.upstream_tls = *agreed + " end to end";
    return {};
  }
  facts_.detail = "the cloud chose " + hexadecimal(hello.version) + " " + hexadecimal(hello.suite);
  const bool by_version = !tls::offers_version_of(profile, {hello.version});
  refuse_with(by_version ? Alert::protocol_version : Alert::handshake_failure);
  return by_version ? CloseReason::inner_tls_version : CloseReason::inner_tls_parameters;
}

Verdict Session::meet_newest() {
  if (around_.edition != edition_) carry_over(around_.edition);
  return ending_;
}

bool Session::keeps_profiles(const model::Service& next) const {
  const auto keeps = [](const model::Profile& profile, std::string_view agreed) {
    return profile.name == model::ProfileName::high_12 || !agreed.starts_with("TLSv1.2");
  };
  return keeps(next.downstream.profile, facts_.downstream_tls) &&
         keeps(next.upstream.profile, facts_.upstream_tls);
}

std::variant<model::Permission, CloseReason> Session::permission_by(const model::Snapshot& snapshot) const {
  const model::Listener* listener = snapshot.find_listener(facts_.local);
  if (listener == nullptr) return CloseReason::rule_removed;
  const CivilTime now = around_.clock.civil_now();
  if (!facts_.terminal_identity)
    return model::authorise(snapshot, listener->id, facts_.source.address, facts_.server_name, now);
  return model::authorise(snapshot, listener->id, *facts_.terminal_identity, facts_.server_name, now);
}

std::variant<model::Permission, CloseReason> Session::kept_by(const model::Snapshot& next) const {
  const auto answer = permission_by(next);
  const auto* permission = std::get_if<model::Permission>(&answer);
  if (permission != nullptr && same_destination(service(), next.service(permission->service))) {
    if (keeps_profiles(next.service(permission->service))) return answer;
    return CloseReason::policy_exception_ended;
  }
  const auto* refused = std::get_if<CloseReason>(&answer);
  return refused != nullptr && is_of_a_date(*refused) ? *refused : CloseReason::rule_removed;
}

Verdict Session::decide(const pki::IdentityPtr& identity) {
  facts_.terminal_identity = identity;
  const model::Snapshot& snapshot = edition_->snapshot();
  const auto answer = permission_by(snapshot);
  const model::Terminal* known =
      identity ? snapshot.find_terminal(*identity) : snapshot.find_terminal(facts_.source.address);
  if (known != nullptr) facts_.known_as = known->name;
  if (const auto* reason = std::get_if<CloseReason>(&answer)) return *reason;
  const auto& permission = std::get<model::Permission>(answer);
  const std::string& terminal = snapshot.terminal(permission.terminal).name;
  if (const Verdict shut = shut_by(around_.cut_off.intake)) return shut;
  if (around_.cut_off.blocks_certificate(terminal, identity.get())) return CloseReason::terminal_blocked;
  if (around_.cut_off.covers_terminal(terminal)) return CloseReason::cut_off;
  if (!ticket_.admit_terminal(terminal, around_.reactor.now())) return CloseReason::admission_limit;
  facts_.terminal = terminal;
  facts_.rule = snapshot.rule(permission.rule).name;
  permitted_until_ = permission.until;
  return {};
}

void Session::obey(const model::CutOff& cut_off) {
  const bool covered = cut_off.covers_service(facts_.service) || cut_off.covers_terminal(facts_.terminal) ||
                       cut_off.covers_source(facts_.source.address);
  if (covered) end(CloseReason::cut_off);
  if (facts_.terminal.empty()) return;
  if (cut_off.blocks_certificate(facts_.terminal, facts_.terminal_identity.get()))
    end(CloseReason::terminal_blocked);
}

bool Session::carry_over(const EditionPtr& next) {
  if (facts_.terminal.empty()) return true;  // not authorised yet: decided when it is
  const model::Snapshot& snapshot = next->snapshot();
  const auto answer = kept_by(snapshot);
  if (const auto* refused = std::get_if<CloseReason>(&answer)) {
    end(*refused);
    return false;
  }
  const auto* permission = std::get_if<model::Permission>(&answer);
  if (!next->serves(permission->service)) {
    end(CloseReason::key_unavailable);
    return false;
  }
  service_ = permission->service;
  edition_ = next;
  permitted_until_ = permission->until;
  expect_judgement();
  facts_.generation = snapshot.generation();
  facts_.rule = snapshot.rule(permission->rule).name;
  facts_.terminal = snapshot.terminal(permission->terminal).name;
  obey(around_.cut_off);  // by whatever name the terminal has now
  return true;
}

std::optional<CloseReason> Session::foresee(const model::Snapshot& next) const {
  if (facts_.terminal.empty()) return std::nullopt;
  const auto answer = kept_by(next);
  const auto* refused = std::get_if<CloseReason>(&answer);
  return refused != nullptr ? std::optional(*refused) : std::nullopt;
}

void Session::judge_again(model::CivilSeconds now) {
  const auto answer = permission_by(edition_->snapshot());
  if (const auto* refused = std::get_if<CloseReason>(&answer)) end(*refused);
  const Edition::Contexts& contexts = edition_->contexts(service_);
  const auto judge = [this](SocketLeg& leg, const tls::ContextPtr& by) {
    if (ending_ || !leg.stream || !leg.stream->stands()) return;
    const Verdict refused = leg.stream->judge_again(by);
    if (!refused) return;
    facts_.detail = leg.stream->failure_detail();
    end(*refused);
  };
  if (line_ != nullptr) judge(*line_, contexts.downstream);
  if (up_) judge(*up_, contexts.upstream);
  expect_judgement();
  judged_until_ = std::max(judged_until_, now + seconds(1));
}

void Session::expect_judgement() {
  const Edition::Contexts& contexts = edition_->contexts(service_);
  judged_until_ = permitted_until_;
  const auto look = [this](const SocketLeg& leg, const tls::ContextPtr& by) {
    if (leg.stream && leg.stream->stands())
      judged_until_ = std::min(judged_until_, leg.stream->holds_until(by));
  };
  if (line_ != nullptr) look(*line_, contexts.downstream);
  if (up_) look(*up_, contexts.upstream);
}

}  // namespace gw::proxy
