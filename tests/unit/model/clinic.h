#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/snapshot.h"

namespace gw::pki {

/// Stands in for the reader of verified certificates, which is the only maker of identities: these tests are
/// about what follows from an identity, and link no library that parses one.
class IdentityReader {
 public:
  static model::CertificateIdentity of(std::vector<model::CertificateIdentity::Name> names) {
    model::CertificateIdentity identity;
    identity.names_ = std::move(names);
    return identity;
  }
};

}  // namespace gw::pki

namespace gw::model {

inline CertificateIdentity identity_of(const std::string& uri) {
  return pki::IdentityReader::of({{SanKind::uri, uri}});
}

/// A tenant with one terminal, one service on one listener and the rule that joins them.
inline Tenant small_tenant() {
  Tenant tenant;
  tenant.name = "imaging";
  Terminal terminal;
  terminal.name = "ct";
  terminal.match_value = "urn:sekisho:imaging:ct";
  tenant.terminals.push_back(terminal);
  Service service;
  service.name = "archive";
  service.upstream.server_name = "archive.example";
  service.upstream.port = 11112;
  tenant.services.push_back(service);
  Listener listener;
  listener.name = "dicom";
  listener.endpoint = {*IpAddress::parse("10.1.0.1"), 11112};
  listener.services = {ServiceId(0)};
  tenant.listeners.push_back(listener);
  Rule rule;
  rule.name = "ct may archive";
  rule.terminals = {TerminalId(0)};
  tenant.rules.push_back(rule);
  return tenant;
}

}  // namespace gw::model
