#include "support/key_ring.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <map>

#include "base/check.h"
#include "support/der.h"
#include "support/elsewhere.h"

namespace gw::support {
namespace {

using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, pki::Freer<EVP_MD_CTX_free>>;

struct Kind {
  const char* prefix;
  const char* type;
  const char* curve;
  std::size_t bits;
};
constexpr Kind kKinds[] = {
    {"p224", "EC", "P-224", 0},          {"p256", "EC", "P-256", 0},
    {"p384", "EC", "P-384", 0},          {"p521", "EC", "P-521", 0},
    {"secp256k1", "EC", "secp256k1", 0}, {"brainpool256", "EC", "brainpoolP256r1", 0},
    {"ed25519", "ED25519", nullptr, 0},  {"rsa1024", "RSA", nullptr, 1024},
    {"rsa2048", "RSA", nullptr, 2048},   {"rsa3072", "RSA", nullptr, 3072},
};

struct Signature {
  const char* type;
  const char* digest;
  const char* oid;
  const char* parameters;  ///< of the AlgorithmIdentifier: "", "null" or DER in hexadecimal
};
/// RSASSA-PSS-params of RFC 4055: SHA-256, MGF1 with SHA-256, 32 octets of salt.
constexpr const char* kPss =
    "3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a20302"
    "0120";
constexpr Signature kSignatures[] = {
    {"EC", "SHA1", "1.2.840.10045.4.1", ""},
    {"EC", "SHA224", "1.2.840.10045.4.3.1", ""},
    {"EC", "SHA256", "1.2.840.10045.4.3.2", ""},
    {"EC", "SHA384", "1.2.840.10045.4.3.3", ""},
    {"EC", "SHA512", "1.2.840.10045.4.3.4", ""},
    {"RSA", "MD5", "1.2.840.113549.1.1.4", "0500"},
    {"RSA", "SHA1", "1.2.840.113549.1.1.5", "0500"},
    {"RSA", "SHA256", "1.2.840.113549.1.1.11", "0500"},
    {"RSA", "SHA384", "1.2.840.113549.1.1.12", "0500"},
    {"RSA", "PSS", "1.2.840.113549.1.1.10", kPss},
    {"ED25519", "SHA256", "1.3.101.112", ""},
};

const Kind& kind_of(const std::string& name) {
  const std::string prefix = name.substr(0, name.find(' '));
  for (const Kind& kind : kKinds)
    if (prefix == kind.prefix) return kind;
  GW_CHECK(false, "the test names a kind of key that is not in the table");
  return kKinds[0];
}

pki::KeyPtr make(const Kind& kind) {
  if (kind.curve != nullptr)
    return pki::KeyPtr(EVP_PKEY_Q_keygen(elsewhere(), nullptr, kind.type, kind.curve));
  if (kind.bits != 0) return pki::KeyPtr(EVP_PKEY_Q_keygen(elsewhere(), nullptr, kind.type, kind.bits));
  return pki::KeyPtr(EVP_PKEY_Q_keygen(elsewhere(), nullptr, kind.type));
}

const Signature& row_of(const std::string& key_name, const std::string& digest) {
  for (const Signature& row : kSignatures)
    if (digest == row.digest && std::string(kind_of(key_name).type) == row.type) return row;
  GW_CHECK(false, "the test names a signature that is not in the table");
  return kSignatures[0];
}

std::string octets_of(const std::string& hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return out;
}

}  // namespace

EVP_PKEY* key_named(const std::string& name) {
  static std::map<std::string, pki::KeyPtr> ring;
  pki::KeyPtr& key = ring[name];
  if (!key) key = make(kind_of(name));
  GW_CHECK(key, "a test key can be made");
  return key.get();
}

std::string key_pem(const std::string& name) {
  const pki::BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key_named(name), nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string public_key_of(const std::string& name) {
  unsigned char* encoded = nullptr;
  const int size = i2d_PUBKEY(key_named(name), &encoded);
  GW_CHECK(size > 0, "a test key can be written down");
  std::string out(reinterpret_cast<char*>(encoded), static_cast<std::size_t>(size));
  OPENSSL_free(encoded);
  return out;
}

std::string public_bits_of(const std::string& name) {
  X509_PUBKEY* info = nullptr;
  X509_PUBKEY_set(&info, key_named(name));
  const unsigned char* octets = nullptr;
  int size = 0;
  X509_PUBKEY_get0_param(nullptr, &octets, &size, nullptr, info);
  std::string out(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size));
  X509_PUBKEY_free(info);
  return out;
}

std::string digest_of(const std::string& digest, const std::string& octets) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  std::size_t size = 0;
  GW_CHECK(EVP_Q_digest(elsewhere(), digest.c_str(), nullptr, octets.data(), octets.size(),
                        reinterpret_cast<unsigned char*>(out.data()), &size) == 1,
           "a test digest can be made");
  out.resize(size);
  return out;
}

std::string key_identifier_of(const std::string& name) { return digest_of("SHA1", public_key_of(name)); }

std::string signature_algorithm(const std::string& key_name, const std::string& digest) {
  const Signature& row = row_of(key_name, digest);
  return der::sequence({der::oid(row.oid), octets_of(row.parameters)});
}

namespace {

std::string sign(const std::string& key_name, const std::string& digest, const std::string& content) {
  const DigestContextPtr context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* how = nullptr;
  const bool pss = digest == "PSS", plain = kind_of(key_name).type == std::string("ED25519");
  const char* md = plain ? nullptr : pss ? "SHA256" : digest.c_str();
  GW_CHECK(
      EVP_DigestSignInit_ex(context.get(), &how, md, elsewhere(), nullptr, key_named(key_name), nullptr) == 1,
      "a test key can sign");
  if (pss) {
    EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(how, 32);
  }
  const auto* in = reinterpret_cast<const unsigned char*>(content.data());
  std::size_t size = 0;
  EVP_DigestSign(context.get(), nullptr, &size, in, content.size());
  std::string signature(size, '\0');
  GW_CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, in,
                          content.size()) == 1,
           "a test key can sign");
  signature.resize(size);
  return signature;
}

}  // namespace

std::string signature_by(const std::string& key_name, const std::string& digest, const std::string& content) {
  static std::map<std::string, std::string> made;
  std::string& signature = made[key_name + '|' + digest + '|' + content];
  if (signature.empty()) signature = sign(key_name, digest, content);
  return signature;
}

}  // namespace gw::support
