#pragma once

#include "model/endpoint_grade.h"
#include "proxy/session.h"

namespace gw::proxy {

/// Grades the endpoint of one service (NET-06): asks all of model::Probe, one connection after the other,
/// each ended as soon as it has its answer. Nothing of the box is shown there but the service's name,
/// whatever the service's mode: no certificate, no octet of anybody's. Borrows everything. One thread.
class EndpointProbes {
 public:
  /// How long an endpoint may take to choose, and behind that to object or to hand out a ticket.
  static constexpr std::chrono::seconds kChoice{5}, kSequel{2};

  EndpointProbes(Surroundings& around, const model::Service& service, model::Generation generation,
                 sys::Wake& wake);
  EndpointProbes(const EndpointProbes&) = delete;
  EndpointProbes& operator=(const EndpointProbes&) = delete;

  /// The whole of it. Whoever awaits it outlives it.
  sys::Task<> run();
  /// Once a second: gives up waiting for what is late.
  void sweep(Instant now);
  /// It ends soon, and whatever it knows counts for nothing.
  void stop();

  const model::EndpointGrade& grade() const { return grade_; }

 private:
  sys::Task<> ask(model::Probe probe);
  sys::Task<> shake_hands(model::Probe probe, tls::Socket& socket);
  sys::Task<> send_hello(model::Probe probe, tls::Socket& socket);
  void wait_for(std::chrono::milliseconds most) { deadline_ = around_.clock.now() + most; }

  Surroundings& around_;
  const model::Service& service_;
  model::Generation generation_;
  sys::Wake& wake_;
  Verdict ending_{};
  const Walker walker_{wake_, ending_};
  Instant deadline_ = Instant::max();
  bool stopped_ = false;
  model::EndpointGrade grade_{};
};

}  // namespace gw::proxy
