#pragma once

#include <string>
#include <vector>

#include "model/layout.h"

namespace gw::model {

/// What controld knows of the configuration in force: who may use what (WLS-01), so that it can tell which
/// rules nobody uses (WLS-06), and where each tenant's terminals come in (GOV-05).
struct RuleRoll {
  struct Name {
    std::string text{};
  };
  struct Row {
    std::string tenant{};
    std::string rule{};
    std::string service{};
    std::string server_name{};  ///< of the cloud
    std::uint16_t port = 0;     ///< likewise
    bool all = false;           ///< it was written for all terminals of the tenant
    std::vector<Name> terminals{};
    CivilSeconds until{0};  ///< zero: no end
    Mode mode{};            ///< of the service, which says where plaintext is (NET-07)
  };
  /// A service's dated exception (NET-02, D10).
  struct Exception {
    enum class What : std::uint8_t {
      terminals_profile,  ///< TLS 1.2 with terminals
      cloud_profile,      ///< TLS 1.2 with the cloud, or between it and terminals
      passed_through,
    };
    std::string tenant{};
    std::string service{};
    What what{};
    CivilSeconds until{};  ///< from then on the service refuses everybody
    std::string reason{};
    std::string approver{};
  };
  /// A listener: where terminals of a tenant find which services.
  struct Door {
    std::string tenant{};
    std::string listener{};
    std::string segment{};  ///< that has its address; empty: none of the clinic's
    Endpoint endpoint{};
    std::vector<Name> services{};
  };
  /// A terminal that is known by where it comes from and shows no certificate (WLS-03).
  struct ByAddress {
    std::string tenant{};
    std::string terminal{};
  };
  std::vector<Row> rows{};  ///< in the configuration's order
  std::vector<Door> doors{};
  std::string site{};  ///< its name
  std::vector<Exception> exceptions{};
  std::vector<ByAddress> by_address{};
};
/// As the configuration writes it.
std::string_view to_string(Mode mode);
std::string_view to_string(RuleRoll::Exception::What what);
RuleRoll rule_roll_of(const Configuration& configuration);

/// Bytes; a rule names each of its terminals.
inline constexpr std::size_t kMostRuleRoll = 64u << 20;

template <class Io>
void visit(Io& io, RuleRoll::Name& n) {
  io.text(n.text, kMaxName);
}
template <class Io>
void visit(Io& io, RuleRoll::Row& r) {
  io.text(r.tenant, kMaxName);
  io.text(r.rule, kMaxName);
  io.text(r.service, kMaxName);
  io.text(r.server_name, 253);
  io.field(r.port);
  io.field(r.all);
  io.list(r.terminals, kMaxTerminals);
  io.field(r.until);
  io.choice(r.mode, Mode::pass_through);
}
template <class Io>
void visit(Io& io, RuleRoll::Exception& e) {
  io.text(e.tenant, kMaxName);
  io.text(e.service, kMaxName);
  io.choice(e.what, RuleRoll::Exception::What::passed_through);
  io.field(e.until);
  io.text(e.reason, 512);
  io.text(e.approver, 512);
}
template <class Io>
void visit(Io& io, RuleRoll::ByAddress& t) {
  io.text(t.tenant, kMaxName);
  io.text(t.terminal, kMaxName);
}
template <class Io>
void visit(Io& io, RuleRoll::Door& d) {
  io.text(d.tenant, kMaxName);
  io.text(d.listener, kMaxName);
  io.text(d.segment, kMaxName);
  io.field(d.endpoint);
  io.list(d.services, kMaxServices);
}
template <class Io>
void visit(Io& io, RuleRoll& r) {
  io.text(r.site, kMaxName);
  io.list(r.rows, kMaxTenants * kMaxRules);
  io.list(r.doors, kMaxTenants * kMaxListeners);
  io.list(r.exceptions, 3 * kMaxTenants * kMaxServices);
  io.list(r.by_address, kMaxTenants * kMaxTerminals);
}

}  // namespace gw::model
