#pragma once

#include <memory>
#include <optional>
#include <set>

#include "enrol/authority_line.h"
#include "enrol/edition.h"
#include "enrol/patience.h"
#include "front/records.h"
#include "est/service.h"
#include "https/server.h"
#include "model/cut.h"

namespace gw::enrol {

/// What terminals ask of their tenant's enrolment (EST, RFC 7030), answered. Decides who it is that asks; the
/// site's authority decides whether that one gets a certificate (LAN-01, CRT-07). One thread.
class Desk {
 public:
  /// All outlive it.
  Desk(AuthorityLine& authority, front::Records& records, const Clock& clock)
      : authority_(authority), records_(records), clock_(clock) {}

  void use(std::shared_ptr<const Edition> edition) { edition_ = std::move(edition); }
  void cut(model::CutOff cut_off) { cut_off_ = std::move(cut_off); }

  /// May anybody at that address be heard (ISO-10), and would it be recorded (LOG-03)?
  bool admits(const model::Endpoint& source) const {
    return !cut_off_.whole && cut_off_.intake == model::Intake::open &&
           !cut_off_.covers_source(source.address);
  }
  /// For an https::Handler.
  sys::Task<https::Answer> serve(const https::Exchange& exchange);

 private:
  /// Who asks, and by what right.
  struct Claim {
    std::string terminal{};
    ipc::compartment::Enrol::Right right{};
    std::string proof{};
  };
  std::optional<https::Answer> settings_sheet(const https::Exchange& exchange) const;
  sys::Task<est::ServiceAnswer> enrol_by_ticket(const https::Exchange& exchange);
  sys::Task<est::ServiceAnswer> enrol_by_certificate(const https::Exchange& exchange);
  sys::Task<est::ServiceAnswer> enrol(const https::Exchange& exchange, const Claim& claim);
  sys::Task<est::ServiceAnswer> ask(const https::Exchange& exchange, const Claim& claim);
  std::string obstacle(const Claim& claim, const https::Exchange& exchange) const;
  est::ServiceAnswer refuse(const https::Exchange& exchange, const Claim& claim, const Error& why);

  AuthorityLine& authority_;
  front::Records& records_;
  const Clock& clock_;
  std::shared_ptr<const Edition> edition_;
  model::CutOff cut_off_{};
  Patience patience_;
  std::set<model::IpAddress> asking_;  // one question each
};

}  // namespace gw::enrol
