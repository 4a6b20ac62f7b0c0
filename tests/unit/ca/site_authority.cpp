#include "unit/ca/site_authority.h"

#include <fstream>
#include <iterator>

#include "base/check.h"
#include "ca/profile_text.h"
#include "keys/file_key.h"
#include "keys/pem_block.h"
#include "support/key_ring.h"

namespace gw::ca {
namespace {

template <class T>
T must(Result<T> result) {
  GW_CHECK(result, result.error().to_text().c_str());
  return *std::move(result);
}

}  // namespace

Profile profile_named(const std::string& name) {
  std::ifstream file(std::string(GW_SOURCE_DIR) + "/certs/profiles/" + name + ".yaml");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const ReadProfile read = read_profile(text);
  GW_CHECK(read.profile, config::to_text(read.problems, name).c_str());
  return *read.profile;
}

keys::PrivateKeyPtr private_key(const std::string& name) {
  return must(keys::open_plain_key(must(keys::find_pem(Secret(support::key_pem(name)), {"PRIVATE KEY"}))));
}

PublicKey public_key(const std::string& name) {
  return must(PublicKey::read(as_bytes(support::public_key_of(name))));
}

pki::X509Ptr read_certificate(const Octets& der) {
  const unsigned char* at = der.data();
  pki::X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  GW_CHECK(certificate && at == der.data() + der.size(), "what was issued can be read");
  return certificate;
}

std::string pem_of(const Octets& certificate) { return keys::to_pem("CERTIFICATE", certificate); }

Order terminal_order(const std::string& name) {
  return {.subject = {.organization = "Clinic", .common_name = name},
          .names = {.uris = {"urn:sekisho:karte:" + name}}};
}

Order hosts_order() {
  return {.subject = {.organization = "Clinic", .common_name = "box"},
          .names = {.hosts = {"emr.clinic.example"}, .addresses = {*model::IpAddress::parse("10.1.0.1")}}};
}

Order site_order() {
  return {.subject = {.organization = "Clinic", .common_name = "site authority"},
          .territory = {.zones = {"clinic.example"}, .networks = {*model::Prefix::parse("10.1.0.0/16")}}};
}

SiteAuthority::SiteAuthority(const std::string& key_name, model::CivilSeconds made)
    : root_key(private_key("p384 root")), key(private_key(key_name)) {
  const Subject vendor{.country = "JP", .organization = "Vendor", .common_name = "root"};
  root_der = must(issue_root(profile_named("root"), {.subject = vendor}, Serial::random(), made, *root_key));
  root = read_certificate(root_der);
  der = must(ca::issue(public_key(key_name), profile_named("site_ca"), site_order(), root.get(),
                       Serial::random(), made, *root_key));
  certificate = read_certificate(der);
}

Result<Octets> SiteAuthority::issue_for(const std::string& for_key, const std::string& profile,
                                        const Order& order, model::CivilSeconds now) const {
  return ca::issue(public_key(for_key), profile_named(profile), order, certificate.get(), Serial::random(),
                   now, *key);
}

Octets SiteAuthority::terminal(const std::string& name, const std::string& for_key,
                               model::CivilSeconds now) const {
  return must(issue_for(for_key, "terminal", terminal_order(name), now));
}

}  // namespace gw::ca
