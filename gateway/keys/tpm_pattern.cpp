#include "keys/tpm_pattern.h"

#include "keys/manner.h"

namespace gw::keys {
namespace {

constexpr TPMA_OBJECT kInside = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT |
                                TPMA_OBJECT_SENSITIVEDATAORIGIN | TPMA_OBJECT_USERWITHAUTH;
// There is no password to guess, so guesses must not lock the TPM.
constexpr TPMA_OBJECT kUnguarded = TPMA_OBJECT_NODA;
constexpr std::uint8_t kUncompressed = 4;
constexpr std::uint32_t kUsualExponent = 65537;  // what 0 stands for (part 2, 12.2.3.5)

struct Kind {
  model::KeyKind kind;
  TPM2_ALG_ID type;
  TPM2_ECC_CURVE curve;
  TPM2_KEY_BITS bits;
};
constexpr Kind kKinds[] = {
    {model::KeyKind::p256, TPM2_ALG_ECC, TPM2_ECC_NIST_P256, 0},
    {model::KeyKind::p384, TPM2_ALG_ECC, TPM2_ECC_NIST_P384, 0},
    {model::KeyKind::rsa_2048, TPM2_ALG_RSA, 0, 2048},
    {model::KeyKind::rsa_3072, TPM2_ALG_RSA, 0, 3072},
};

struct Curve {
  TPM2_ECC_CURVE id;
  const char* name;
  std::size_t width;  ///< octets of a coordinate
};
constexpr Curve kCurves[] = {
    {TPM2_ECC_NIST_P256, "P-256", 32},
    {TPM2_ECC_NIST_P384, "P-384", 48},
    {TPM2_ECC_NIST_P521, "P-521", 66},
};

TPM2_ALG_ID tpm_hash_of(Hash hash) {
  switch (hash) {
    case Hash::sha256:
      return TPM2_ALG_SHA256;
    case Hash::sha384:
      return TPM2_ALG_SHA384;
    case Hash::sha512:
      return TPM2_ALG_SHA512;
  }
  return TPM2_ALG_ERROR;
}

TPM2_ALG_ID tpm_padding_of(Padding padding) {
  switch (padding) {
    case Padding::ecdsa:
      return TPM2_ALG_ECDSA;
    case Padding::pss:
      return TPM2_ALG_RSAPSS;
    case Padding::pkcs1:
      return TPM2_ALG_RSASSA;
  }
  return TPM2_ALG_ERROR;
}

/// A TPM may leave out leading zeros; a point may not.
void append_coordinate(std::vector<std::uint8_t>& point, const TPM2B_ECC_PARAMETER& number,
                       std::size_t width) {
  const std::size_t size = std::min<std::size_t>(number.size, width);
  point.insert(point.end(), width - size, 0);
  point.insert(point.end(), number.buffer, number.buffer + size);
}

Result<PublicHalf> ec_half_of(const TPMT_PUBLIC& key) {
  for (const Curve& curve : kCurves) {
    if (curve.id != key.parameters.eccDetail.curveID) continue;
    std::vector<std::uint8_t> point{kUncompressed};
    append_coordinate(point, key.unique.ecc.x, curve.width);
    append_coordinate(point, key.unique.ecc.y, curve.width);
    return PublicHalf::of_ec(curve.name, point);
  }
  return Error{ErrorCode::key_unreadable, "a TPM key on a curve that is not used here"};
}

Result<PublicHalf> rsa_half_of(const TPMT_PUBLIC& key) {
  std::uint32_t exponent = key.parameters.rsaDetail.exponent;
  if (exponent == 0) exponent = kUsualExponent;
  std::uint8_t octets[4];
  for (std::size_t i = 0; i < 4; ++i) octets[i] = static_cast<std::uint8_t>(exponent >> (24 - 8 * i));
  return PublicHalf::of_rsa({key.unique.rsa.buffer, key.unique.rsa.size}, octets);
}

}  // namespace

TPM2B_PUBLIC primary_pattern() {
  TPM2B_PUBLIC out{};
  TPMT_PUBLIC& key = out.publicArea;
  key.type = TPM2_ALG_ECC;
  key.nameAlg = TPM2_ALG_SHA256;
  key.objectAttributes = kInside | kUnguarded | TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT;
  TPMS_ECC_PARMS& parameters = key.parameters.eccDetail;
  parameters.symmetric.algorithm = TPM2_ALG_AES;
  parameters.symmetric.keyBits.aes = 128;
  parameters.symmetric.mode.aes = TPM2_ALG_CFB;
  parameters.scheme.scheme = TPM2_ALG_NULL;
  parameters.curveID = TPM2_ECC_NIST_P256;
  parameters.kdf.scheme = TPM2_ALG_NULL;
  return out;
}

TPM2B_PUBLIC signing_pattern(model::KeyKind kind) {
  TPM2B_PUBLIC out{};
  TPMT_PUBLIC& key = out.publicArea;
  key.nameAlg = TPM2_ALG_SHA256;
  key.objectAttributes = kInside | kUnguarded | TPMA_OBJECT_SIGN_ENCRYPT;
  for (const Kind& row : kKinds) {
    if (row.kind != kind) continue;
    key.type = row.type;
    if (row.type == TPM2_ALG_ECC)
      key.parameters.eccDetail = {
          {TPM2_ALG_NULL, {}, {}}, {TPM2_ALG_NULL, {}}, row.curve, {TPM2_ALG_NULL, {}}};
    else
      key.parameters.rsaDetail = {{TPM2_ALG_NULL, {}, {}}, {TPM2_ALG_NULL, {}}, row.bits, 0};
  }
  return out;
}

Result<PublicHalf> public_half_of(const TPMT_PUBLIC& key) {
  switch (key.type) {
    case TPM2_ALG_ECC:
      return ec_half_of(key);
    case TPM2_ALG_RSA:
      return rsa_half_of(key);
    default:
      return Error{ErrorCode::key_unreadable, "a TPM key that is neither EC nor RSA"};
  }
}

TPMT_SIG_SCHEME tpm_scheme_of(model::SignatureScheme scheme) {
  const Manner manner = manner_of(scheme);
  TPMT_SIG_SCHEME out{};
  out.scheme = tpm_padding_of(manner.padding);
  out.details.any.hashAlg = tpm_hash_of(manner.hash);
  return out;
}

Result<std::vector<std::uint8_t>> octets_of(const TPMT_SIGNATURE& signature, model::SignatureScheme scheme) {
  if (signature.sigAlg != tpm_padding_of(manner_of(scheme).padding))
    return Error{ErrorCode::key_unavailable, "the TPM made a signature of another kind"};
  if (signature.sigAlg == TPM2_ALG_ECDSA) {
    const TPMS_SIGNATURE_ECC& pair = signature.signature.ecdsa;
    return ecdsa_der({pair.signatureR.buffer, pair.signatureR.size},
                     {pair.signatureS.buffer, pair.signatureS.size});
  }
  // RSASSA and RSAPSS have one layout.
  const TPM2B_PUBLIC_KEY_RSA& number = signature.signature.rsassa.sig;
  return std::vector<std::uint8_t>(number.buffer, number.buffer + number.size);
}

}  // namespace gw::keys
