#include "probe/resumption_tenant.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/provider.h>

#include <span>

namespace gw::probe {
namespace {

using DigestPtr = std::unique_ptr<EVP_MD, pki::Freer<EVP_MD_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, pki::Freer<X509_EXTENSION_free>>;

constexpr long kBegan = -3600, kEnds = 3600;  // seconds from now

/// An extension as openssl.cnf writes it; '@' at the end stands for the certificate's name.
struct Extension {
  int nid;
  const char* value;
};
constexpr Extension kAuthority[] = {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                    {NID_key_usage, "critical,keyCertSign"},
                                    {NID_subject_key_identifier, "hash"}};
constexpr Extension kListener[] = {{NID_basic_constraints, "critical,CA:FALSE"},
                                   {NID_key_usage, "critical,digitalSignature"},
                                   {NID_ext_key_usage, "serverAuth"},
                                   {NID_authority_key_identifier, "keyid"},
                                   {NID_subject_alt_name, "DNS:@"}};
constexpr Extension kTerminal[] = {{NID_basic_constraints, "critical,CA:FALSE"},
                                   {NID_key_usage, "critical,digitalSignature"},
                                   {NID_ext_key_usage, "clientAuth"},
                                   {NID_authority_key_identifier, "keyid"},
                                   {NID_subject_alt_name, "URI:@"}};

Error failed(const char* what) {
  ERR_clear_error();
  return {ErrorCode::tls_setup_failed, std::string("a certificate for the trial could not be ") + what};
}

std::string listener_name(const std::string& tenant) { return tenant + ".sekisho.invalid"; }
std::string terminal_name(const std::string& tenant) { return "urn:sekisho:" + tenant + ":terminal"; }

bool add_extension(X509* certificate, X509* issuer, const Extension& extension, const std::string& name) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  std::string value = extension.value;
  if (value.back() == '@') value.replace(value.size() - 1, 1, name);
  const ExtensionPtr made(X509V3_EXT_conf_nid(nullptr, &context, extension.nid, value.c_str()));
  return made && X509_add_ext(certificate, made.get(), -1) == 1;
}

bool fill_in(X509* certificate, EVP_PKEY* key, X509* issuer, const std::string& name, long serial) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
  return X509_set_version(certificate, X509_VERSION_3) == 1 &&
         ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial) == 1 &&
         X509_gmtime_adj(X509_getm_notBefore(certificate), kBegan) != nullptr &&
         X509_gmtime_adj(X509_getm_notAfter(certificate), kEnds) != nullptr &&
         X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
         X509_set_pubkey(certificate, key) == 1;
}

/// A new key and its certificate, from this authority or from itself.
Result<TrialCredential> issue(const std::string& name, std::span<const Extension> extensions,
                              const TrialCredential* authority, long serial) {
  TrialCredential made{.certificate = pki::X509Ptr(X509_new_ex(plain_library(), nullptr)),
                       .key = pki::KeyPtr(EVP_PKEY_Q_keygen(plain_library(), nullptr, "EC", "P-256"))};
  if (!made.certificate || !made.key) return failed("begun");
  const TrialCredential& issuer = authority != nullptr ? *authority : made;
  if (!fill_in(made.certificate.get(), made.key.get(), issuer.certificate.get(), name, serial))
    return failed("filled in");
  for (const Extension& extension : extensions)
    if (!add_extension(made.certificate.get(), issuer.certificate.get(), extension, name))
      return failed("extended");
  const DigestPtr digest(EVP_MD_fetch(plain_library(), "SHA256", nullptr));
  if (!digest || X509_sign(made.certificate.get(), issuer.key.get(), digest.get()) <= 0)
    return failed("signed");
  return made;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

Result<std::string> pem_of(X509* certificate) {
  const pki::BioPtr bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1) return failed("written down");
  return text_of(bio.get());
}

/// The key as the box's own libcrypto knows it: keys do not pass between libraries but as text.
Result<pki::KeyPtr> key_for_box(EVP_PKEY* key) {
  const pki::BioPtr bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return failed("given its key");
  return pki::read_private_key(Secret(text_of(bio.get())));
}

/// The service of one profile, on a listener of its own that the terminal may use.
void add_service(model::Tenant& tenant, model::ProfileName profile, const std::string& chain) {
  const auto number = static_cast<std::uint16_t>(tenant.services.size());
  const std::string name = "service-" + std::to_string(number);
  model::Service service{.id = model::ServiceId(number), .name = name};
  service.downstream.credential.chain_pem = service.upstream.credential.chain_pem = chain;
  service.downstream.profile.name = profile;
  service.upstream.server_name = listener_name(tenant.name);
  service.upstream.anchors = tenant.terminal_anchors;
  tenant.services.push_back(std::move(service));
  tenant.listeners.push_back(
      {.id = model::ListenerId(number), .name = name, .services = {model::ServiceId(number)}});
  tenant.rules.push_back({.id = model::RuleId(number),
                          .name = name,
                          .terminals = {model::TerminalId(0)},
                          .service = model::ServiceId(number)});
}

}  // namespace

OSSL_LIB_CTX* plain_library() {
  static OSSL_LIB_CTX* const library = [] {
    OSSL_LIB_CTX* made = OSSL_LIB_CTX_new();
    if (made != nullptr && OSSL_PROVIDER_load(made, "default") == nullptr) {
      OSSL_LIB_CTX_free(made);
      made = nullptr;
    }
    return made;
  }();
  return library;
}

Result<TrialTenant> TrialTenant::make(const std::string& name) {
  if (plain_library() == nullptr) return failed("begun");
  TrialTenant tenant{.name = name};
  GW_TRY(tenant.authority, issue(name + " authority", kAuthority, nullptr, 1));
  GW_TRY(tenant.listener, issue(listener_name(name), kListener, &tenant.authority, 2));
  GW_TRY(tenant.terminal, issue(terminal_name(name), kTerminal, &tenant.authority, 3));
  return tenant;
}

Result<proxy::EditionPtr> edition_of(const TrialTenant& trial) {
  model::Tenant tenant{.name = trial.name};
  GW_TRY(std::string authority, pem_of(trial.authority.certificate.get()));
  tenant.terminal_anchors = {{.pem = std::move(authority)}};
  GW_TRY(const std::string chain, pem_of(trial.listener.certificate.get()));
  tenant.terminals.push_back({.name = "terminal", .match_value = terminal_name(trial.name)});
  for (const model::ProfileName profile : kServed) add_service(tenant, profile, chain);
  GW_TRY(model::SnapshotPtr snapshot, model::Snapshot::make(model::Generation(1), std::move(tenant)));
  GW_TRY(const pki::KeyPtr key, key_for_box(trial.listener.key.get()));
  const auto the_key = [&key](model::KeyId, model::TlsRole) { return Result<tls::OwnKey>(key.get()); };
  return proxy::Edition::make(std::move(snapshot), the_key, {}, system_clock());
}

}  // namespace gw::probe
