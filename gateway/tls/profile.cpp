#include "tls/profile.h"

#include <memory>

namespace gw::tls {
namespace {

struct Row {
  const char* name;
  int min_version;
  int max_version;
  const char* suites13;
  const char* suites12;
  const char* groups;
  const char* signatures;
};

constexpr const char* kSuites13 =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
// X25519 first: of the allowed groups it costs least, and the first one is what we send a key share for.
constexpr const char* kGroups = "X25519:P-256:P-384";
// The PKCS#1 entries at the end speak about certificates only under TLS 1.3 (RFC 8446 4.2.3).
constexpr const char* kSignatures =
    "ECDSA+SHA256:ECDSA+SHA384:RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512";

constexpr Row kRows[] = {
    {"HIGH-13", TLS1_3_VERSION, TLS1_3_VERSION, kSuites13, "", kGroups, kSignatures},
    {"HIGH-12", TLS1_2_VERSION, TLS1_3_VERSION, kSuites13,
     "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:"
     "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256",
     kGroups, kSignatures},
};

const Row& row(model::ProfileName profile) { return kRows[static_cast<std::size_t>(profile)]; }

using ContextPtr = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

ContextPtr context_with(model::ProfileName profile) {
  ContextPtr context(SSL_CTX_new(TLS_method()), SSL_CTX_free);
  GW_CHECK(context && apply_profile(context.get(), profile), "the built-in profiles suit the library");
  return context;
}

std::vector<Suite> resolved(model::ProfileName profile) {
  const ContextPtr context = context_with(profile);
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
  STACK_OF(SSL_CIPHER)* suites = SSL_get1_supported_ciphers(ssl.get());
  std::vector<Suite> out;
  for (int i = 0; i < sk_SSL_CIPHER_num(suites); ++i) {
    const SSL_CIPHER* suite = sk_SSL_CIPHER_value(suites, i);
    out.push_back(
        {SSL_CIPHER_get_protocol_id(suite), SSL_CIPHER_get_version(suite), SSL_CIPHER_get_name(suite)});
  }
  sk_SSL_CIPHER_free(suites);
  return out;
}

}  // namespace

Result<> apply_profile(SSL_CTX* context, model::ProfileName profile) {
  const Row& p = row(profile);
  SSL_CTX_set_options(context,
                      SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_max_early_data(context, 0);
  SSL_CTX_set_recv_max_early_data(context, 0);
  // The lists below are the policy; the level is a second fence (112 bits: RSA 2048, EC 224, no SHA-1).
  SSL_CTX_set_security_level(context, 2);
  const bool set = SSL_CTX_set_min_proto_version(context, p.min_version) == 1 &&
                   SSL_CTX_set_max_proto_version(context, p.max_version) == 1 &&
                   SSL_CTX_set_ciphersuites(context, p.suites13) == 1 &&
                   (*p.suites12 == '\0' || SSL_CTX_set_cipher_list(context, p.suites12) == 1) &&
                   SSL_CTX_set1_groups_list(context, p.groups) == 1 &&
                   SSL_CTX_set1_sigalgs_list(context, p.signatures) == 1;
  if (!set)
    return Error{ErrorCode::tls_setup_failed, std::string("this library cannot do profile ") + p.name};
  return Done{};
}

bool has_version(model::ProfileName profile, std::uint16_t version) {
  return version >= row(profile).min_version && version <= row(profile).max_version;
}

const std::vector<Suite>& suites_of(model::ProfileName profile) {
  static const std::vector<Suite> kOfProfiles[] = {resolved(model::ProfileName::high_13),
                                                   resolved(model::ProfileName::high_12)};
  return kOfProfiles[static_cast<std::size_t>(profile)];
}

std::string effective_profile(model::ProfileName profile) {
  const Row& p = row(profile);
  std::string text = std::string("profile ") + p.name + "\n";
  text += std::string("versions ") + (p.min_version == TLS1_3_VERSION ? "TLSv1.3" : "TLSv1.2 TLSv1.3") + "\n";
  for (const Suite& suite : suites_of(profile)) text += "suite " + suite.name + "\n";
  text += std::string("groups ") + p.groups + "\nsignatures " + p.signatures + "\n";
  text += "security level " + std::to_string(SSL_CTX_get_security_level(context_with(profile).get())) + "\n";
  return text;
}

}  // namespace gw::tls
