#include "keys/tpm.h"

#include <utility>

#include "keys/tpm_key.h"
#include "keys/tpm_pattern.h"

namespace gw::keys {
namespace {

// Where the storage key of a TPM stays by custom (TCG, registry of reserved handles, 2.3.1).
constexpr TPM2_HANDLE kStorageKey = 0x81000001;

}  // namespace

Result<std::unique_ptr<Tpm>> Tpm::connect(UniqueFd descriptor, TpmPatience patience) {
  std::unique_ptr<Tpm> tpm(new Tpm(patience));
  GW_TRY(tpm->reconnect(std::move(descriptor)));
  return tpm;
}

std::unique_ptr<Tpm> Tpm::hold(UniqueFd descriptor, TpmPatience patience) {
  std::unique_ptr<Tpm> tpm(new Tpm(patience));
  tpm->commands_.take(std::move(descriptor));
  return tpm;
}

Result<> Tpm::greet() {
  seated_ = nullptr;
  return commands_.greet();
}

Result<> Tpm::reconnect(UniqueFd descriptor) {
  commands_.take(std::move(descriptor));
  return greet();
}

Result<std::string> Tpm::make_key(model::KeyKind kind) {
  clear_seat();
  GW_TRY(const bool has_storage_key, commands_.has(kStorageKey));
  if (has_storage_key) {
    GW_TRY(const auto key, commands_.create(kStorageKey, signing_pattern(kind)));
    return write_tpm_key_file(key);
  }
  GW_TRY(const TPM2_HANDLE primary, commands_.create_primary(primary_pattern()));
  auto key = commands_.create(primary, signing_pattern(kind));
  GW_TRY(commands_.flush(primary));
  if (!key) return std::move(key).error();
  key->parent = TPM2_RH_OWNER;
  return write_tpm_key_file(*key);
}

Result<PrivateKeyPtr> Tpm::open_key(const PemBlock& block) {
  GW_TRY(const TpmKeyFile file, read_tpm_key_file(block.bytes()));
  GW_TRY(auto half, public_half_of(file.open_part.publicArea));
  auto key = std::make_unique<TpmKey>(*this, file, std::move(half));
  GW_TRY(seat(key->kept_));
  return PrivateKeyPtr(std::move(key));
}

/// A TPM that refuses to free an object, or is gone, no longer has it.
void Tpm::clear_seat() {
  if (std::exchange(seated_, nullptr) != nullptr) static_cast<void>(commands_.flush(seat_));
}

void Tpm::forget(const Kept& key) {
  if (seated_ == &key) clear_seat();
}

Result<TPM2_HANDLE> Tpm::load(const TpmKeyFile& file) {
  if (file.parent != TPM2_RH_OWNER) return commands_.load(file.parent, file);
  GW_TRY(const TPM2_HANDLE primary, commands_.create_primary(primary_pattern()));
  auto object = commands_.load(primary, file);
  GW_TRY(commands_.flush(primary));
  return object;
}

/// The key is loaded when this returns, from what was put aside if the TPM still takes that.
Result<TPM2_HANDLE> Tpm::seat(Kept& key) {
  if (seated_ == &key) return seat_;
  clear_seat();
  if (key.aside) {
    auto object = commands_.context_load(*key.aside);
    if (!object) {
      key.aside.reset();
      return seat(key);
    }
    seat_ = *object;
  } else {
    GW_TRY(seat_, load(key.file));
    seated_ = &key;
    GW_TRY(key.aside, commands_.context_save(seat_));
  }
  seated_ = &key;
  return seat_;
}

/// Once more from the file if the TPM refuses: it may have been started anew behind the descriptor.
Result<TPMT_SIGNATURE> Tpm::sign(Kept& key, const TPM2B_DIGEST& digest, const TPMT_SIG_SCHEME& scheme) {
  GW_TRY(const TPM2_HANDLE object, seat(key));
  auto signature = commands_.sign(object, digest, scheme);
  if (signature || !is_connected() || signature.error().code == ErrorCode::key_scheme_unsuitable)
    return signature;
  forget(key);
  key.aside.reset();
  GW_TRY(const TPM2_HANDLE again, seat(key));
  return commands_.sign(again, digest, scheme);
}

}  // namespace gw::keys
