#include "dial/resolver.h"

#include <algorithm>
#include <array>
#include <utility>

#include "dial/dns_exchange.h"

namespace gw::dial {
namespace {

using std::chrono::milliseconds;

/// How long each server is waited for, round by round.
constexpr std::array kRounds{milliseconds(1'000), milliseconds(3'000)};
/// When one address family is known, how long the other may still take (RFC 8305 3, generously).
constexpr milliseconds kOtherFamily{200};

/// Addresses of both families by turns, IPv6 first (RFC 8305 4).
Addresses interleave(const Addresses& six, const Addresses& four) {
  Addresses merged;
  for (std::size_t i = 0; i < std::max(six.size(), four.size()); ++i) {
    if (i < six.size()) merged.push_back(six[i]);
    if (i < four.size()) merged.push_back(four[i]);
  }
  return merged;
}

/// One family's answer is enough; to say "absent" takes both.
dns::Answer merge(const dns::Answer& six, const dns::Answer& four) {
  using dns::Verdict;
  if (six.verdict == Verdict::found && four.verdict == Verdict::found)
    return {Verdict::found, interleave(six.addresses, four.addresses), std::min(six.ttl, four.ttl)};
  if (six.verdict == Verdict::found) return six;
  if (four.verdict == Verdict::found) return four;
  if (six.verdict == Verdict::absent && four.verdict == Verdict::absent)
    return {Verdict::absent, {}, std::min(six.ttl, four.ttl)};
  return {};
}

/// Both questions to one server.
sys::Task<dns::Answer> ask_server(sys::Reactor& reactor, model::Endpoint server, const std::string& name,
                                  milliseconds patience) {
  sys::Wake wake(reactor);
  sys::Timer timer(reactor, wake);
  Instant until = reactor.clock().now() + patience;
  DnsExchange six(reactor, wake, server, dns::Type::aaaa, name);
  DnsExchange four(reactor, wake, server, dns::Type::a, name);
  for (;;) {
    six.advance();
    four.advance();
    if ((six.finished() && four.finished()) || timer.expired()) break;
    if (six.answer().verdict == dns::Verdict::found || four.answer().verdict == dns::Verdict::found)
      until = std::min(until, reactor.clock().now() + kOtherFamily);
    timer.arm(until);
    co_await wake;
  }
  co_return merge(six.answer(), four.answer());
}

}  // namespace

void Resolver::use(const std::vector<model::Endpoint>& servers) {
  if (servers == servers_) return;
  servers_ = servers;
  cache_.clear();
}

sys::Task<Addresses> Resolver::resolve(const std::string& name, Instant deadline) {
  if (auto known = cache_.find(name, reactor_.clock().now())) co_return *std::move(known);
  sys::Wake wake(reactor_);
  sys::Timer timer(reactor_, wake);
  const Instant patience = reactor_.clock().now() + kPatience;
  const bool has_old = !cache_.stale(name, reactor_.clock().now()).empty();
  timer.arm(has_old ? std::min(deadline, patience) : deadline);
  while (!cache_.find(name, reactor_.clock().now()) && !timer.expired()) {
    wait_for(name, wake);
    co_await wake;
  }
  wait_no_more(name, wake);
  co_return cache_.stale(name, reactor_.clock().now());
}

void Resolver::wait_for(const std::string& name, sys::Wake& wake) {
  const auto [it, fresh] = under_way_.try_emplace(name);
  Waiters& waiters = it->second;
  if (std::find(waiters.begin(), waiters.end(), &wake) == waiters.end()) waiters.push_back(&wake);
  if (fresh) look_up(name, *gate_.enter());
}

void Resolver::wait_no_more(const std::string& name, const sys::Wake& wake) {
  const auto it = under_way_.find(name);
  if (it != under_way_.end()) std::erase(it->second, &wake);
}

sys::Detached Resolver::look_up(std::string name, sys::Gate::Pass) {
  const std::vector<model::Endpoint> asked = servers_;
  const dns::Answer answer = co_await ask_all(name);
  if (asked == servers_) conclude(name, answer);
  const auto done = under_way_.extract(name);
  for (sys::Wake* waiter : done.mapped()) waiter->signal();
}

sys::Task<dns::Answer> Resolver::ask_all(const std::string& name) {
  for (const milliseconds patience : kRounds) {
    const std::vector<model::Endpoint> servers = health_.order(servers_, reactor_.clock().now());
    for (const model::Endpoint& server : servers) {
      dns::Answer answer = co_await ask_server(reactor_, server, name, patience);
      if (answer.verdict == dns::Verdict::failed) {
        health_.failed(server, reactor_.clock().now());
        continue;
      }
      health_.succeeded(server);
      co_return answer;
    }
  }
  co_return dns::Answer();
}

void Resolver::conclude(const std::string& name, const dns::Answer& answer) {
  const Instant now = reactor_.clock().now();
  if (answer.verdict == dns::Verdict::found)
    cache_.found(name, answer.addresses, answer.ttl, now);
  else if (answer.verdict == dns::Verdict::absent)
    cache_.absent(name, answer.ttl, now);
  else
    cache_.unreachable(name, now);
}

}  // namespace gw::dial
