#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "model/address.h"
#include "model/close_reason.h"
#include "model/endpoint_grade.h"
#include "model/layout.h"

namespace gw::model {

/// What came of trying one service as a terminal's session would, up to where the terminal's own octets would
/// begin: the dialler reached it, and the box and the cloud have shown each other their certificates
/// (DEM-03).
struct ServiceTrial {
  std::string tenant{};
  std::string service{};
  bool by_name = false;                     ///< its addresses are not fixed: its name had to be resolved
  CloseReason outcome{};                    ///< `finished`: all of it went well
  std::string detail{};                     ///< the library's words for a failure
  Endpoint remote{};                        ///< of port zero: no endpoint was reached
  std::chrono::milliseconds dialled{0};     ///< the name's resolution and the connection together
  std::chrono::milliseconds resolved{0};    ///< the name's alone, of one that was reached; zero: it was known
  std::chrono::milliseconds handshaken{0};  ///< zero: it did not come to that
  std::string tls{};  ///< what was agreed on; empty where the box speaks no TLS with the cloud
  std::optional<EndpointGrade> endpoint{};  ///< none: it was not reached
};

/// Those of all tenants.
struct ServiceTrials {
  std::chrono::milliseconds began{0};      ///< since 1970, UTC; zero: none yet
  std::chrono::milliseconds ended{0};      ///< zero: they go on
  std::string by{};                        ///< which administrator asked for them; empty: the box itself
  std::vector<ServiceTrial> trials{};      ///< as they came in
  std::vector<std::string> silent{};       ///< tenants whose proxyd did not answer in time
  std::vector<EndpointGrade> endpoints{};  ///< the last grade of each, which may be older than the trials
};
inline constexpr std::size_t kMostServiceTrials = std::size_t{kMaxTenants} * kMaxServices;

template <class Io>
void visit(Io& io, ServiceTrial& t) {
  io.text(t.tenant, kMaxName);
  io.text(t.service, kMaxName);
  io.field(t.by_name);
  io.choice(t.outcome, last_close_reason());
  io.text(t.detail, kForeignTextLimit);
  io.field(t.remote);
  io.field(t.dialled);
  io.field(t.resolved);
  io.field(t.handshaken);
  io.text(t.tls, kForeignTextLimit);
  io.maybe(t.endpoint);
}
template <class Io>
void visit(Io& io, ServiceTrials& t) {
  io.field(t.began);
  io.field(t.ended);
  io.text(t.by, 63);
  io.list(t.trials, kMostServiceTrials);
  texts(io, t.silent, kMaxTenants, kMaxName);
  io.list(t.endpoints, kMostServiceTrials);
}

}  // namespace gw::model
