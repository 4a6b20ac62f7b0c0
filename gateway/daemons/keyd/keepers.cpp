#include "keepers.h"

#include <fcntl.h>
#include <unistd.h>

#include "keys/file_key.h"
#include "keys/locked_key.h"
#include "keys/opening.h"
#include "keys/tpm_key_file.h"
#include "keys/wrapping.h"

namespace gw::keyd {
namespace {

Result<Secret> read_secret(int file) {
  std::string bytes(keys::kLeastWrappingSecret, '\0');
  if (::pread(file, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    return Error{ErrorCode::key_unreadable, "the box's wrapping secret is cut off"};
  Secret secret(bytes);
  wipe(bytes.data(), bytes.size());
  return secret;
}

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

}  // namespace

Result<std::unique_ptr<Keepers>> Keepers::open(int wrapping_secret, int tpm, int token) {
  std::unique_ptr<Keepers> keepers(new Keepers);
  GW_TRY(keepers->wrapping_secret_, read_secret(wrapping_secret));
  ::close(wrapping_secret);
  GW_TRY(keepers->warm_up());
  if (is_open(tpm)) keepers->tpm_ = keys::Tpm::hold(UniqueFd(tpm));
  if (is_open(token))
    keepers->token_ = std::make_unique<keys::KeyWork>(ipc::Channel(UniqueFd(token)), keys::kTokenProcess);
  return keepers;
}

/// One key is made, opened and used for nothing, so that the library finds what it needs before the walls.
Result<> Keepers::warm_up() {
  GW_TRY(std::string pem, keys::make_encrypted_key(model::KeyKind::p256, wrapping_secret_));
  GW_TRY(open(Secret(std::move(pem))));
  return Done{};
}

Result<> Keepers::connect() {
  const std::lock_guard lock(tpm_lock_);
  return greet();
}

/// Once, before anything else is said to it.
Result<> Keepers::greet() {
  if (!greeted_) greeted_ = tpm_ ? tpm_->greet() : Result<>(Done{});
  return *greeted_;
}

/// A key that is elsewhere takes neither lock.
Result<keys::PrivateKeyPtr> Keepers::open(const Secret& reference) {
  if (tpm_ && keys::find_pem(reference, {keys::kTpmKeyLabel})) return open_in_tpm(reference);
  if (token_ && keys::find_pem(reference, {keys::kTokenLabel})) return open_in_token(reference);
  return keys::open_key(reference, {.wrapping_secret = &wrapping_secret_});
}

Result<keys::PrivateKeyPtr> Keepers::open_in_tpm(const Secret& reference) {
  const std::lock_guard lock(tpm_lock_);
  static_cast<void>(greet());  // of a key in a silent TPM it says so itself
  GW_TRY(keys::PrivateKeyPtr key, keys::open_key(reference, {.tpm = tpm_.get()}));
  return keys::locked(std::move(key), tpm_lock_);
}

/// Whatever its process says of a key that it does not open, it is that key which cannot be had, and no more.
Result<keys::PrivateKeyPtr> Keepers::open_in_token(const Secret& reference) {
  const std::lock_guard lock(token_lock_);
  Result<keys::PrivateKeyPtr> key = keys::open_key(reference, {.token = token_.get()});
  if (!key) return Error{ErrorCode::key_unavailable, key.error().detail};
  if ((*key)->keeping() != keys::Keeping::token)
    return Error{ErrorCode::key_unavailable, "the token's process says of a key what cannot be"};
  return keys::locked(*std::move(key), token_lock_);
}

Result<std::string> Keepers::make(model::KeyKind kind) {
  if (!tpm_) return keys::make_encrypted_key(kind, wrapping_secret_);
  const std::lock_guard lock(tpm_lock_);
  GW_TRY(greet());
  return tpm_->make_key(kind);
}

bool Keepers::is_lost() const {
  const std::scoped_lock lock(tpm_lock_, token_lock_);
  return (tpm_ && !tpm_->is_connected()) || (token_ && token_->is_lost());
}

}  // namespace gw::keyd
