#include "bench/crowd.h"

#include <sys/resource.h>

namespace gw::bench {

using support::TlsPeer;

Crowd::Crowd() { lift_limits(box); }

void Crowd::lift_limits(support::Compartment& box) {
  box.publish([](model::Tenant& tenant) {
    tenant.limits = {.sessions = 100'000,
                     .sessions_per_terminal = 100'000,
                     .sessions_per_source = 100'000,
                     .handshakes = 100'000,
                     .connections = 1'000'000,
                     .connections_per_terminal = 1'000'000,
                     .connections_per_source = 1'000'000};
  });
  box.advance(std::chrono::seconds(1));  // after which the rates are the new ones
}

bool Crowd::open(std::size_t count, Certificates certificates) {
  for (std::size_t i = 0; i < count; ++i) {
    auto session = open_one(certificates);
    if (!session) return false;
    sessions_.push_back(std::move(*session));
  }
  return true;
}

std::optional<Crowd::Session> Crowd::open_one(Certificates certificates) {
  UniqueFd near = support::connect_to(box.listener());
  TlsPeer terminal = terminal_model_ && certificates == Certificates::one
                         ? terminal_model_->next(std::move(near))
                         : TlsPeer::client(box.good_terminal(), std::move(near));
  const int dials = box.dials;
  const std::size_t opened = box.count(EventId::session_opened);
  const auto asked = [&] {
    terminal.step();
    return box.dials > dials;
  };
  if (!box.until(asked)) return std::nullopt;
  UniqueFd far = box.accept_cloud_raw();
  TlsPeer cloud =
      cloud_model_ ? cloud_model_->next(std::move(far)) : TlsPeer::server(box.good_cloud(), std::move(far));
  Session session{std::move(terminal), std::move(cloud)};
  if (!until(session, [&] { return box.count(EventId::session_opened) > opened; })) return std::nullopt;
  // A byte there and back: then tickets and all have been taken, and nothing more is under way.
  if (!carries(session, "?")) return std::nullopt;
  if (!terminal_model_) terminal_model_ = session.terminal.next(UniqueFd());
  if (!cloud_model_) cloud_model_ = session.cloud.next(UniqueFd());
  return session;
}

bool Crowd::until(Session& session, const std::function<bool()>& holds) {
  return box.until([&] {
    session.terminal.step();
    session.cloud.step();
    return holds();
  });
}

bool Crowd::carries(Session& session, const std::string& text) {
  const std::string at_cloud = session.cloud.received() + text,
                    at_terminal = session.terminal.received() + text;
  session.terminal.send(text);
  if (!until(session, [&] { return session.cloud.received() == at_cloud; })) return false;
  session.cloud.send(text);
  return until(session, [&] { return session.terminal.received() == at_terminal; });
}

bool Crowd::close(Session& session) {
  const std::size_t ended = box.count(EventId::session_closed);
  session.terminal.close_write();
  if (!until(session, [&] { return session.cloud.saw_close(); })) return false;
  session.cloud.close_write();
  return until(session, [&] { return box.count(EventId::session_closed) > ended; });
}

void Crowd::rest() {
  for (int i = 0; i < 3; ++i) box.advance(std::chrono::seconds(2));
}

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

}  // namespace gw::bench
