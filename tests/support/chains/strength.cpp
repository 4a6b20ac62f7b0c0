// Keys and signatures that are strong enough, and those that are not (CRT-08).

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>

#include "base/check.h"
#include "support/chains/chain_case.h"
#include "support/der.h"
#include "support/elsewhere.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using namespace std::string_literals;
using C = ChainDraft&;

constexpr const char* kKeys = "CRT-08, keys";
constexpr const char* kSignatures = "CRT-08, signatures";
constexpr const char* kNoScheme = "TLS 1.3 has no signature scheme for this key";

void leaf_key(C c, const char* key) { c.leaf().key = key; }

void issuing_key(C c, const std::string& key, const std::string& digest = "SHA256") {
  c.issuing().key = key;
  c.issuing().set(oid::kSubjectKeyId, der::octets(key_identifier_of(key)));
  c.leaf().digest = digest;
  c.leaf().set_authority(key);
}

void root_key(C c, const std::string& key, const std::string& digest = "SHA256") {
  c.root().key = c.root().signed_by = key;
  c.root().set(oid::kSubjectKeyId, der::octets(key_identifier_of(key)));
  c.issuing().digest = digest;
  c.issuing().set_authority(key);
}

/// A public key of RSA: the modulus of a good key with an exponent of one's choice (RFC 8017 A.1.1).
std::string rsa_key_with(const std::string& exponent) {
  BIGNUM* modulus = nullptr;
  EVP_PKEY_get_bn_param(key_named("rsa2048 odd"), OSSL_PKEY_PARAM_RSA_N, &modulus);
  std::string octets(static_cast<std::size_t>(BN_num_bytes(modulus)), '\0');
  BN_bn2bin(modulus, reinterpret_cast<unsigned char*>(octets.data()));
  BN_free(modulus);
  const std::string key = der::sequence({der::integer("\0"s + octets), der::integer(exponent)});
  return der::sequence({der::sequence({der::oid("1.2.840.113549.1.1.1"), "\x05\x00"s}), der::bits(key)});
}

/// What a key whose exponent is one accepts as a signature: the padded digest itself (RFC 8017 9.2).
std::string padded_digest(const std::string& content) {
  const std::string info = der::sequence({der::sequence({der::oid("2.16.840.1.101.3.4.2.1"), "\x05\x00"s}),
                                          der::octets(digest_of("SHA256", content))});
  return "\0\1"s + std::string(256 - 3 - info.size(), '\xff') + "\0"s + info;
}

void exponent_of_one(C c) {
  issuing_key(c, "rsa2048 odd");
  c.issuing().public_key = rsa_key_with("\x01");
  c.leaf().forge = padded_digest;
}

/// A P-256 key that spells its curve out (RFC 5480 2.1.1 forbids it).
std::string spelt_out(const std::string& key) {
  EVP_PKEY* copy = EVP_PKEY_dup(key_named(key));
  EVP_PKEY_set_utf8_string_param(copy, OSSL_PKEY_PARAM_EC_ENCODING, "explicit");
  unsigned char* encoded = nullptr;
  const int size = i2d_PUBKEY(copy, &encoded);
  EVP_PKEY_free(copy);
  GW_CHECK(size > 0, "a curve can be spelt out");
  std::string out(reinterpret_cast<char*>(encoded), static_cast<std::size_t>(size));
  OPENSSL_free(encoded);
  return out;
}

const ChainCase kRows[] = {
    {"a_p384_leaf", kKeys, [](C c) { leaf_key(c, "p384 leaf"); }, kBelieved},
    {"an_rsa_leaf_of_2048_bits", kKeys, [](C c) { leaf_key(c, "rsa2048 leaf"); }, kBelieved},
    {"an_rsa_leaf_of_1024_bits", kKeys, [](C c) { leaf_key(c, "rsa1024 leaf"); }, kWeak},
    {"a_p224_leaf", kKeys, [](C c) { leaf_key(c, "p224 leaf"); }, kWeak, Alone::believes, kNoScheme},
    {"an_authority_with_p384", kKeys, [](C c) { issuing_key(c, "p384 issuing", "SHA384"); }, kBelieved},
    {"an_authority_with_p521", kKeys, [](C c) { issuing_key(c, "p521 issuing", "SHA512"); }, kBelieved},
    {"an_authority_with_2048_bits_of_rsa", kKeys, [](C c) { issuing_key(c, "rsa2048 issuing"); }, kBelieved},
    {"an_authority_with_1024_bits_of_rsa", kKeys, [](C c) { issuing_key(c, "rsa1024 issuing"); }, kWeak},
    {"an_authority_with_p224", kKeys, [](C c) { issuing_key(c, "p224 issuing"); }, kWeak, Alone::believes},
    {"an_anchor_with_p224", kKeys, [](C c) { root_key(c, "p224 root"); }, kWeak, Alone::believes},
    {"an_anchor_with_1024_bits_of_rsa", kKeys, [](C c) { root_key(c, "rsa1024 root"); }, kWeak},
    {"an_authority_with_a_curve_of_coins", kKeys, [](C c) { issuing_key(c, "secp256k1 issuing"); }, kWeak,
     Alone::believes},
    {"an_authority_with_a_brainpool_curve", kKeys, [](C c) { issuing_key(c, "brainpool256 issuing"); }, kWeak,
     Alone::believes},
    {"an_authority_with_ed25519", kKeys, [](C c) { issuing_key(c, "ed25519 issuing"); }, kWeak},
    {"an_authority_that_spells_its_curve_out", "RFC 5480 2.1.1",
     [](C c) { c.issuing().public_key = spelt_out(c.issuing().key); }, kWeak},
    {"an_authority_whose_exponent_is_one", "CA/B BR 6.1.6", exponent_of_one, kWeak, Alone::believes},
    {"an_rsa_leaf_whose_exponent_is_even", "CA/B BR 6.1.6",
     [](C c) { c.leaf().public_key = rsa_key_with("\x02"); }, kWeak, Alone::believes,
     "nobody holds such a key"},
    {"a_signature_with_sha_1", kSignatures, [](C c) { c.leaf().digest = "SHA1"; }, kWeak},
    {"an_authority_s_signature_with_sha_1", kSignatures, [](C c) { c.issuing().digest = "SHA1"; }, kWeak},
    {"an_rsa_signature_with_sha_1", kSignatures, [](C c) { issuing_key(c, "rsa2048 issuing", "SHA1"); },
     kWeak},
    {"an_rsa_signature_with_md5", kSignatures, [](C c) { issuing_key(c, "rsa2048 issuing", "MD5"); }, kWeak},
    {"a_signature_with_sha_224", kSignatures, [](C c) { c.leaf().digest = "SHA224"; }, kWeak,
     Alone::believes},
    // An anchor's own signature proves nothing to anybody (RFC 5280 6.1.1 (d)).
    {"an_anchor_s_own_signature_with_sha_1", kSignatures, [](C c) { c.root().digest = "SHA1"; }, kBelieved},
    {"a_signature_with_sha_384", kSignatures, [](C c) { c.leaf().digest = "SHA384"; }, kBelieved},
    {"a_signature_with_rsa_pss", kSignatures, [](C c) { issuing_key(c, "rsa2048 issuing", "PSS"); },
     kBelieved},
};

}  // namespace

std::span<const ChainCase> strength() { return kRows; }

}  // namespace gw::support::chains
