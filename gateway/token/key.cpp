#include "token/key.h"

#include <utility>

#include "token/objects.h"

namespace gw::token {
namespace {

constexpr std::size_t kMostSignature = 1024;  // RSA of 8192 bits

/// A hash by its numbers in Cryptoki, and what stands before it in RSASSA-PKCS1-v1_5 (RFC 8017 9.2, note 1).
struct TokenHash {
  CK_MECHANISM_TYPE mechanism;
  CK_RSA_PKCS_MGF_TYPE mask;
  std::uint8_t last;  ///< of the object identifier
  std::uint8_t size;
};

TokenHash token_hash_of(keys::Hash hash) {
  switch (hash) {
    case keys::Hash::sha256:
      return {CKM_SHA256, CKG_MGF1_SHA256, 1, 32};
    case keys::Hash::sha384:
      return {CKM_SHA384, CKG_MGF1_SHA384, 2, 48};
    case keys::Hash::sha512:
      return {CKM_SHA512, CKG_MGF1_SHA512, 3, 64};
  }
  GW_CHECK(false, "every hash has its row");
}

/// DigestInfo of a SHA-2 hash.
std::vector<std::uint8_t> digest_info(const TokenHash& kind, Bytes hash) {
  const auto total = static_cast<std::uint8_t>(kind.size + 17);
  std::vector<std::uint8_t> out{0x30, total, 0x30, 0x0d, 0x06,      0x09, 0x60, 0x86, 0x48,     0x01,
                                0x65, 0x03,  0x04, 0x02, kind.last, 0x05, 0x00, 0x04, kind.size};
  out.insert(out.end(), hash.begin(), hash.end());
  return out;
}

/// What the token gets to see of a message.
std::vector<std::uint8_t> input_of(keys::Manner manner, Bytes hash, std::size_t width) {
  if (manner.padding == keys::Padding::pkcs1) return digest_info(token_hash_of(manner.hash), hash);
  // FIPS 186-4 6.4: a hash longer than the curve's order counts with its first octets; not every token cuts
  // it.
  const std::size_t size =
      manner.padding == keys::Padding::ecdsa ? std::min(hash.size(), width) : hash.size();
  return {hash.begin(), hash.begin() + static_cast<std::ptrdiff_t>(size)};
}

CK_MECHANISM_TYPE mechanism_of(keys::Padding padding) {
  switch (padding) {
    case keys::Padding::ecdsa:
      return CKM_ECDSA;
    case keys::Padding::pss:
      return CKM_RSA_PKCS_PSS;
    case keys::Padding::pkcs1:
      return CKM_RSA_PKCS;
  }
  GW_CHECK(false, "every padding has its mechanism");
}

}  // namespace

Result<std::unique_ptr<Key>> Key::open(Module& module, Uri uri) {
  std::unique_ptr<Key> key(new Key(module, std::move(uri)));
  GW_TRY(key->take_seat());
  GW_TRY(key->half_, read_public_half(module.calls(), key->seat_->session, key->seat_->key));
  using Scheme = model::SignatureScheme;
  const auto tried =
      key->sign(key->half_->is_rsa() ? Scheme::pss_sha256 : Scheme::ecdsa_sha256, as_bytes("ready"));
  if (!tried && tried.error().code != ErrorCode::key_scheme_unsuitable) return tried.error();
  return key;
}

Key::~Key() { leave_seat(); }

Result<> Key::take_seat() {
  GW_TRY(const CK_SESSION_HANDLE session, module_.open_session(uri_));
  seat_ = Seat{session, 0};
  GW_TRY(seat_->key, find_private_key(module_.calls(), session, uri_));
  return Done{};
}

void Key::leave_seat() {
  if (seat_) module_.calls().C_CloseSession(seat_->session);
  seat_.reset();
}

Key::Attempt Key::attempt(keys::Manner manner, Bytes hash) {
  const TokenHash kind = token_hash_of(manner.hash);
  CK_RSA_PKCS_PSS_PARAMS pss{kind.mechanism, kind.mask, kind.size};
  CK_MECHANISM mechanism{mechanism_of(manner.padding), nullptr, 0};
  if (manner.padding == keys::Padding::pss) mechanism = {mechanism.mechanism, &pss, sizeof pss};
  std::vector<std::uint8_t> input = input_of(manner, hash, half_->width());
  std::vector<std::uint8_t> signature(kMostSignature);
  CK_ULONG size = signature.size();
  CK_RV code = module_.calls().C_SignInit(seat_->session, &mechanism, seat_->key);
  if (code == CKR_OK)
    code = module_.calls().C_Sign(seat_->session, input.data(), input.size(), signature.data(), &size);
  signature.resize(code == CKR_OK ? std::min<std::size_t>(size, kMostSignature) : 0);
  return {code, std::move(signature)};
}

/// In a new session if the old one turns out to be gone, once.
Result<std::vector<std::uint8_t>> Key::raw_signature(keys::Manner manner, Bytes hash) {
  const bool is_fresh = !seat_;
  if (is_fresh) GW_TRY(take_seat());
  Attempt made = attempt(manner, hash);
  if (is_session_lost(made.code)) {
    leave_seat();
    if (!is_fresh) {
      GW_TRY(take_seat());
      made = attempt(manner, hash);
    }
  }
  if (made.code != CKR_OK) return token_refusal("sign", made.code);
  return std::move(made.octets);
}

Result<std::vector<std::uint8_t>> Key::sign(model::SignatureScheme scheme, Bytes message) {
  GW_TRY(half_->suits(scheme));
  const keys::Manner manner = keys::manner_of(scheme);
  GW_TRY(auto signature, raw_signature(manner, keys::hash_of(manner.hash, message)));
  if (manner.padding == keys::Padding::ecdsa) {
    const Bytes pair(signature);  // r and s, of one length (PKCS#11 6.3.1)
    signature = keys::ecdsa_der(pair.first(pair.size() / 2), pair.subspan(pair.size() / 2));
  }
  if (half_->verifies(scheme, message, signature)) return signature;
  return Error{ErrorCode::key_unavailable,
               "the token's signature is wrong: is the public key with this id another one's?"};
}

}  // namespace gw::token
