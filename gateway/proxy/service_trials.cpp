#include "proxy/service_trials.h"

#include <algorithm>
#include <utility>

#include "proxy/endpoint_probes.h"
#include "proxy/proxy_header.h"
#include "proxy/steps.h"

namespace gw::proxy {
namespace {

using model::CloseReason;
using std::chrono::milliseconds;

/// Beyond the dialer's own limit.
constexpr std::chrono::seconds kMoreThanTheDialer{1};
/// In TLS 1.3 the cloud judges the box's certificate when the box has finished (RFC 8446 4.4.2.4): so long it
/// may take to say no. Whoever says nothing has no objection.
constexpr std::chrono::seconds kHearOut{2};

/// What an end that came behind ours says.
Verdict objection_in(tls::ReadEnd end) {
  switch (end) {
    case tls::ReadEnd::refused:
      return CloseReason::upstream_tls_alert;
    case tls::ReadEnd::violation:
      return CloseReason::tls_violation_upstream;
    case tls::ReadEnd::reset:
      return CloseReason::reset_upstream;
    default:
      return {};
  }
}

}  // namespace

struct ServiceTrials::Trial {
  Trial(Surroundings& around, model::ServiceId of)
      : edition(around.edition), id(of), wake(around.reactor), began(around.reactor.now()) {
    facts.service = service().name;
    facts.by_name = service().upstream.addresses.empty();
  }
  const model::Service& service() const { return edition->snapshot().service(id); }
  void expect_by(Instant when, CloseReason reason) {
    deadline = when;
    late = reason;
  }
  void end(CloseReason reason) {
    if (!ending) ending = reason;
    wake.signal();
  }

  EditionPtr edition;
  model::ServiceId id;
  sys::Wake wake;
  Instant began;
  Verdict ending{};
  const Walker walker{wake, ending};
  Instant deadline{};
  CloseReason late{};
  std::optional<SocketLeg> leg{};
  std::optional<EndpointProbes> probes{};
  model::ServiceTrial facts{};
};

std::size_t ServiceTrials::begin(Told told) {
  stop();
  told_ = std::move(told);
  const std::size_t count = around_.edition ? around_.edition->snapshot().tenant().services.size() : 0;
  std::vector<TrialPtr> trials;
  for (std::size_t i = 0; i < count; ++i)
    trials.push_back(std::make_shared<Trial>(around_, model::ServiceId(static_cast<std::uint16_t>(i))));
  under_way_ = trials;
  for (const TrialPtr& trial : trials)
    if (auto pass = gate_.enter()) run(trial, *std::move(pass));
  return count;
}

void ServiceTrials::sweep(Instant now) {
  for (const TrialPtr& trial : under_way_)
    if (trial->probes)
      trial->probes->sweep(now);
    else if (now >= trial->deadline)
      trial->end(trial->late);
}

void ServiceTrials::stop() {
  told_ = nullptr;
  for (const TrialPtr& trial : std::exchange(under_way_, {})) {
    trial->end(CloseReason::draining);
    if (trial->probes) trial->probes->stop();
  }
}

sys::Detached ServiceTrials::run(TrialPtr trial, sys::Gate::Pass) {
  Verdict failure = co_await reach(*trial);
  // Where the box does not speak TLS with the cloud it has nothing to show to it.
  if (!failure && model::speaks_upstream(trial->service().mode)) {
    failure = co_await secure(*trial);
    if (!failure) failure = co_await hear_out(*trial);
  }
  const CloseReason outcome = failure.value_or(CloseReason::finished);
  if (outcome != CloseReason::finished && trial->leg) trial->leg->abort();
  co_await grade(*trial);
  conclude(trial, outcome);
}

/// Whatever came of the trial: an endpoint that was reached is graded (NET-06). Nobody waits with it on a
/// connection that has its answer.
sys::Task<> ServiceTrials::grade(Trial& trial) {
  const bool is_reached = trial.leg.has_value();
  trial.leg.reset();
  if (!is_reached || trial.ending == CloseReason::draining) co_return;
  trial.probes.emplace(around_, trial.service(), trial.edition->snapshot().generation(), trial.wake);
  co_await trial.probes->run();
  trial.facts.endpoint = trial.probes->grade();
}

sys::Task<Verdict> ServiceTrials::reach(Trial& trial) {
  if (around_.cut_off.covers_service(trial.facts.service)) co_return CloseReason::cut_off;
  if (!trial.edition->serves(trial.id)) co_return CloseReason::key_unavailable;
  const auto limit = trial.service().limits.connect;
  trial.expect_by(trial.began + limit + kMoreThanTheDialer, CloseReason::upstream_timeout);
  DialClient::Answer answer = co_await dial_for(trial.walker, around_.dialer,
                                                trial.edition->snapshot().generation(), trial.id, limit);
  trial.facts.dialled = std::chrono::round<milliseconds>(around_.clock.now() - trial.began);
  if (const auto* failed = std::get_if<CloseReason>(&answer)) co_return *failed;
  Dialled& dialled = std::get<Dialled>(answer);
  trial.facts.remote = dialled.remote;
  trial.facts.resolved = std::min(dialled.resolving, trial.facts.dialled);
  trial.leg.emplace(around_.scratch, std::move(dialled.fd));
  co_return trial.leg->socket.attach(around_.reactor, trial.wake) ? Verdict() : CloseReason::internal;
}

sys::Task<Verdict> ServiceTrials::secure(Trial& trial) {
  const Instant began = around_.clock.now();
  trial.expect_by(began + trial.service().limits.handshake, CloseReason::upstream_tls_timeout);
  SocketLeg& leg = *trial.leg;
  if (trial.service().upstream.proxy_header == model::ProxyHeader::before_tls)
    leg.socket.put(proxy_header_of_nobody());
  leg.stream.emplace(tls::Role::cloud_side, trial.edition->contexts(trial.id).upstream, leg.socket,
                     tls::Stream::Permit(), &trial.wake);
  const Verdict failure = co_await shake_hands(trial.walker, leg, trial.facts.detail);
  trial.facts.handshaken = std::chrono::round<milliseconds>(around_.clock.now() - began);
  if (failure) co_return failure;
  trial.facts.tls = leg.stream->facts().parameters;
  co_return Verdict();
}

/// Ends in order and waits for the cloud's end, or its objection.
sys::Task<Verdict> ServiceTrials::hear_out(Trial& trial) {
  trial.expect_by(around_.clock.now() + kHearOut, CloseReason::finished);
  SocketLeg& leg = *trial.leg;
  leg.stream->close_write();
  leg.socket.flush();
  for (;;) {
    const tls::ReadEnd end = leg.stream->read(around_.scratch.plain()).end;
    if (end == tls::ReadEnd::more) continue;
    if (end == tls::ReadEnd::refused) trial.facts.detail = leg.stream->failure_detail();
    if (end != tls::ReadEnd::later) co_return objection_in(end);
    co_await trial.wake;
    if (trial.ending) co_return trial.ending;
  }
}

/// Whoever was stopped is not under way any more.
void ServiceTrials::conclude(const TrialPtr& trial, CloseReason outcome) {
  trial->facts.outcome = outcome;
  for (std::string* words : {&trial->facts.detail, &trial->facts.tls})
    words->resize(std::min(words->size(), kForeignTextLimit));
  if (std::erase(under_way_, trial) == 0) return;
  if (told_) told_(trial->facts, under_way_.empty());
}

}  // namespace gw::proxy
