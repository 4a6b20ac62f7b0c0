#include "tls/remote_signature.h"

#include <openssl/async.h>
#include <openssl/core_names.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "base/check.h"

namespace gw::tls {
namespace {

using model::SignatureScheme;

thread_local SigningTurn* turn_now = nullptr;

/// The functions of the library's own implementation that ours stand in front of.
struct Original {
  OSSL_FUNC_signature_digest_sign_update_fn* update = nullptr;
  OSSL_FUNC_signature_digest_sign_final_fn* final = nullptr;
  OSSL_FUNC_signature_get_ctx_params_fn* get = nullptr;
  std::vector<OSSL_DISPATCH> functions{};
};
enum Algorithm : std::size_t { ecdsa, rsa, count };

Original& original(Algorithm algorithm) {
  static std::array<Original, count> all;
  return all[algorithm];
}

struct SchemeRow {
  Algorithm algorithm;
  std::string_view padding;
  std::string_view digest;
  SignatureScheme scheme;
};
constexpr SchemeRow kSchemes[] = {
    {ecdsa, "", "SHA256", SignatureScheme::ecdsa_sha256},
    {ecdsa, "", "SHA384", SignatureScheme::ecdsa_sha384},
    {ecdsa, "", "SHA512", SignatureScheme::ecdsa_sha512},
    {rsa, OSSL_PKEY_RSA_PAD_MODE_PSS, "SHA256", SignatureScheme::pss_sha256},
    {rsa, OSSL_PKEY_RSA_PAD_MODE_PSS, "SHA384", SignatureScheme::pss_sha384},
    {rsa, OSSL_PKEY_RSA_PAD_MODE_PSS, "SHA512", SignatureScheme::pss_sha512},
    {rsa, OSSL_PKEY_RSA_PAD_MODE_PKCSV15, "SHA256", SignatureScheme::pkcs1_sha256},
    {rsa, OSSL_PKEY_RSA_PAD_MODE_PKCSV15, "SHA384", SignatureScheme::pkcs1_sha384},
    {rsa, OSSL_PKEY_RSA_PAD_MODE_PKCSV15, "SHA512", SignatureScheme::pkcs1_sha512},
};

/// "SHA2-256" and "SHA256" are the same digest under two names.
std::string plain_name(std::string_view digest) {
  return digest.starts_with("SHA2-") ? "SHA" + std::string(digest.substr(5)) : std::string(digest);
}

/// What libssl asked the library's implementation for.
std::optional<SignatureScheme> scheme_of(Algorithm algorithm, void* context) {
  char digest[32] = "", padding[32] = "";
  OSSL_PARAM wanted[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_DIGEST, digest, sizeof digest),
      algorithm == rsa ? OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_PAD_MODE, padding, sizeof padding)
                       : OSSL_PARAM_construct_end(),
      OSSL_PARAM_construct_end()};
  if (original(algorithm).get(context, wanted) != 1) return {};
  const std::string name = plain_name(digest);
  for (const SchemeRow& row : kSchemes)
    if (row.algorithm == algorithm && row.padding == padding && row.digest == name) return row.scheme;
  return {};
}

/// One call for the whole message, as libssl makes it: first for the size, then for the signature.
template <Algorithm algorithm>
int sign_whole(void* context, unsigned char* signature, std::size_t* size, std::size_t room,
               const unsigned char* message, std::size_t length) {
  const Original& library = original(algorithm);
  if (signature == nullptr) return library.final(context, nullptr, size, 0);
  if (!SigningTurn::is_on())
    return library.update(context, message, length) == 1 ? library.final(context, signature, size, room) : 0;
  const std::optional<SignatureScheme> scheme = scheme_of(algorithm, context);
  std::vector<std::uint8_t> made;
  if (!scheme || !SigningTurn::sign(*scheme, {message, length}, made) || made.size() > room) return 0;
  std::copy(made.begin(), made.end(), signature);
  *size = made.size();
  return 1;
}

template <class Function>
void take(Function*& place, const OSSL_DISPATCH& entry) {
  place = reinterpret_cast<Function*>(entry.function);
}

/// The library's functions, and in the place of its one-call signature ours.
template <Algorithm algorithm>
const OSSL_DISPATCH* stand_in_front_of(const OSSL_DISPATCH* functions) {
  Original& library = original(algorithm);
  for (const OSSL_DISPATCH* entry = functions; entry->function_id != 0; ++entry) {
    switch (entry->function_id) {
      case OSSL_FUNC_SIGNATURE_DIGEST_SIGN:
        continue;
      case OSSL_FUNC_SIGNATURE_DIGEST_SIGN_UPDATE:
        take(library.update, *entry);
        break;
      case OSSL_FUNC_SIGNATURE_DIGEST_SIGN_FINAL:
        take(library.final, *entry);
        break;
      case OSSL_FUNC_SIGNATURE_GET_CTX_PARAMS:
        take(library.get, *entry);
        break;
      default:
        break;
    }
    library.functions.push_back(*entry);
  }
  GW_CHECK(library.update && library.final && library.get, "the library signs in steps");
  library.functions.push_back(
      {OSSL_FUNC_SIGNATURE_DIGEST_SIGN, reinterpret_cast<void (*)(void)>(sign_whole<algorithm>)});
  library.functions.push_back({0, nullptr});
  return library.functions.data();
}

}  // namespace

SigningTurn::SigningTurn(RemoteKey& key, sys::Wake& wake, Intent intent)
    : key_(key), wake_(wake), intent_(intent) {
  turn_now = this;
}

SigningTurn::~SigningTurn() { turn_now = nullptr; }

bool SigningTurn::is_on() { return turn_now != nullptr; }

bool SigningTurn::sign(SignatureScheme scheme, Bytes message, std::vector<std::uint8_t>& signature) {
  GW_CHECK(ASYNC_get_current_job() != nullptr, "whoever waits for a key elsewhere is an asynchronous job");
  const std::unique_ptr<PendingSignature> pending = turn_now->key_.sign(scheme, message, turn_now->wake_);
  // Another turn each time it goes on.
  while (!pending->answer() && turn_now->intent_ == Intent::go_on) ASYNC_pause_job();
  if (!pending->answer()) return false;
  if (const auto* reason = std::get_if<model::CloseReason>(&*pending->answer())) {
    turn_now->failure_ = *reason;
    return false;
  }
  signature = std::get<std::vector<std::uint8_t>>(*pending->answer());
  return true;
}

void let_keys_elsewhere_sign(std::vector<OSSL_ALGORITHM>& signatures) {
  for (OSSL_ALGORITHM& algorithm : signatures) {
    const std::string_view names(algorithm.algorithm_names);
    if (names.starts_with("ECDSA")) algorithm.implementation = stand_in_front_of<ecdsa>(algorithm.implementation);
    if (names.starts_with("RSA")) algorithm.implementation = stand_in_front_of<rsa>(algorithm.implementation);
  }
}

}  // namespace gw::tls
