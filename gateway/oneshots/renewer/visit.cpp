#include "visit.h"

#include "near_key.h"
#include "session.h"

namespace gw::renewer {
namespace {

constexpr std::chrono::seconds kVisit{30};  // from the connection to the end of the answer

model::CivilSeconds civil_seconds(const Clock& clock) {
  return std::chrono::floor<std::chrono::seconds>(clock.civil_now()).time_since_epoch();
}

Error refused(const est::Refused& answer) {
  const std::string words = answer.words.empty() ? "" : ": " + answer.words;
  return {ErrorCode::est_refused, "the server answers " + std::to_string(answer.status) + words};
}

}  // namespace

Result<est::Certificates> Visitor::ask(const model::ManagedIdentity& identity, const std::string& request,
                                       const Credential* shown) {
  put_off_.reset();
  GW_TRY(tls::ContextPtr context, context_for(identity, shown));
  GW_TRY(UniqueFd connected, dialler_.dial(identity.dial));
  Session session(reactor_, std::move(context), std::move(connected), reactor_.clock().now() + kVisit);
  GW_TRY(session.secure());
  GW_TRY(const http::Answer http, session.exchange(request));
  GW_TRY(est::Answer answer, est::read_answer(http, civil_seconds(reactor_.clock())));
  if (const auto* no = std::get_if<est::Refused>(&answer)) return refused(*no);
  if (const auto* later = std::get_if<est::TryLater>(&answer)) {
    put_off_ = later->after;
    return Error{ErrorCode::est_try_later, "the server has not decided yet"};
  }
  return std::get<est::Certificates>(std::move(answer));
}

Result<tls::ContextPtr> Visitor::context_for(const model::ManagedIdentity& identity,
                                             const Credential* shown) {
  model::Service service;
  service.name = identity.name;
  service.upstream.server_name = identity.server_name;
  service.upstream.resume = false;
  service.upstream.anchors = {{.pem = identity.anchors_pem}};
  GW_TRY(const pki::Trust trust, pki::read_trust(service.upstream.anchors, service.upstream.revocation));
  if (shown == nullptr) return tls::Context::nameless(service, trust, reactor_.clock());
  service.upstream.credential.chain_pem = shown->chain;
  return tls::Context::upstream(service, trust, std::make_shared<NearKey>(*shown->key), reactor_.clock());
}

}  // namespace gw::renewer
