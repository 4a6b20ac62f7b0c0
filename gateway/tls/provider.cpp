#include "tls/provider.h"

#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/provider.h>

#include <array>
#include <string_view>
#include <vector>

#include "tls/remote_signature.h"

namespace gw::tls {
namespace {

/// One operation's allow-list. HMAC stands among keys and signatures because libssl makes a resumption's
/// binder that way (RFC 8446 4.2.11.2); RSA-PSS among keys because without it libssl drops the RSA-PSS
/// signatures. Names are the first of an algorithm's names in OpenSSL's own tables.
struct Allowed {
  int operation;
  std::vector<std::string_view> names;
};

const std::array kAllowed{
    Allowed{OSSL_OP_DIGEST,
            {"SHA2-256", "SHA2-384", "SHA2-512", "SHA1"}},  // SHA-1 names keys, it signs nothing
    Allowed{OSSL_OP_CIPHER, {"AES-256-GCM", "AES-128-GCM", "ChaCha20-Poly1305"}},
    Allowed{OSSL_OP_MAC, {"HMAC"}},
    Allowed{OSSL_OP_KDF, {"HKDF", "TLS13-KDF", "TLS1-PRF"}},
    Allowed{OSSL_OP_RAND, {"CTR-DRBG", "SEED-SRC"}},
    Allowed{OSSL_OP_KEYMGMT, {"EC", "RSA", "RSA-PSS", "X25519", "HMAC"}},
    Allowed{OSSL_OP_KEYEXCH, {"ECDH", "X25519"}},
    Allowed{OSSL_OP_SIGNATURE, {"ECDSA", "RSA", "HMAC"}},
    Allowed{OSSL_OP_DECODER, {"DER", "EC", "RSA"}},
    Allowed{OSSL_OP_ENCODER, {"EC", "RSA"}},
};

struct Tables {
  OSSL_PROVIDER* real = nullptr;   // OpenSSL's default provider, in a library context of its own
  OSSL_PROVIDER* front = nullptr;  // ours, in the default context; both live as long as the process
  std::array<std::vector<OSSL_ALGORITHM>, OSSL_OP__HIGHEST + 1> by_operation;
};

Tables& tables() {
  static Tables instance;
  return instance;
}

bool allowed(int operation, const OSSL_ALGORITHM& algorithm) {
  const std::string_view names(algorithm.algorithm_names);
  const std::string_view first = names.substr(0, names.find(':'));
  const std::string_view properties(algorithm.property_definition != nullptr ? algorithm.property_definition
                                                                             : "");
  // Keys and certificates arrive as DER (PEM is unwrapped before); of encoders only DER is ever asked for.
  if (operation == OSSL_OP_ENCODER && properties.find("output=der") == std::string_view::npos) return false;
  if (operation == OSSL_OP_DECODER && properties.find("input=der") == std::string_view::npos &&
      properties.find("input=pem") == std::string_view::npos)
    return false;
  for (const Allowed& row : kAllowed) {
    if (row.operation != operation) continue;
    for (const std::string_view name : row.names)
      if (name == first) return true;
  }
  return false;
}

/// Builds the cut-down table of one operation from the real provider's.
void cut_down(int operation) {
  std::vector<OSSL_ALGORITHM>& table = tables().by_operation[static_cast<std::size_t>(operation)];
  int no_cache = 0;
  const OSSL_ALGORITHM* all = OSSL_PROVIDER_query_operation(tables().real, operation, &no_cache);
  for (const OSSL_ALGORITHM* a = all; a != nullptr && a->algorithm_names != nullptr; ++a)
    if (allowed(operation, *a)) table.push_back(*a);
  if (operation == OSSL_OP_SIGNATURE) let_keys_elsewhere_sign(table);
  if (!table.empty()) table.push_back({nullptr, nullptr, nullptr, nullptr});
}

const OSSL_ALGORITHM* query(void*, int operation, int* no_cache) {
  *no_cache = 0;
  if (operation < 0 || operation > OSSL_OP__HIGHEST) return nullptr;
  const auto& table = tables().by_operation[static_cast<std::size_t>(operation)];
  return table.empty() ? nullptr : table.data();
}

int capabilities(void*, const char* capability, OSSL_CALLBACK* callback, void* argument) {
  return OSSL_PROVIDER_get_capabilities(tables().real, capability, callback, argument);
}

using Function = void (*)(void);

int initialise(const OSSL_CORE_HANDLE*, const OSSL_DISPATCH*, const OSSL_DISPATCH** dispatch,
               void** context) {
  static const OSSL_DISPATCH kDispatch[] = {
      {OSSL_FUNC_PROVIDER_QUERY_OPERATION, reinterpret_cast<Function>(query)},
      {OSSL_FUNC_PROVIDER_GET_CAPABILITIES, reinterpret_cast<Function>(capabilities)},
      {0, nullptr},
  };
  *dispatch = kDispatch;
  *context = OSSL_PROVIDER_get0_provider_ctx(tables().real);
  return 1;
}

}  // namespace

Result<> install_provider() {
  if (tables().real != nullptr) return Done{};
  const Error failed{ErrorCode::tls_setup_failed, "the cryptographic provider could not be set up"};
  // No openssl.cnf: a file on the box must not be able to add algorithms or engines.
  if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr) != 1) return failed;
  OSSL_LIB_CTX* inner = OSSL_LIB_CTX_new();
  tables().real = inner != nullptr ? OSSL_PROVIDER_load(inner, "default") : nullptr;
  if (tables().real == nullptr) return failed;
  for (const Allowed& row : kAllowed) cut_down(row.operation);
  if (OSSL_PROVIDER_add_builtin(nullptr, "sekisho", initialise) != 1) return failed;
  tables().front = OSSL_PROVIDER_load(nullptr, "sekisho");
  return tables().front != nullptr ? Result<>(Done{}) : Result<>(failed);
}

}  // namespace gw::tls
