#include "keepers.h"

#include <fcntl.h>
#include <unistd.h>

#include "keys/file_key.h"
#include "keys/locked_key.h"
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

Result<std::unique_ptr<Keepers>> Keepers::open(int wrapping_secret, int tpm) {
  std::unique_ptr<Keepers> keepers(new Keepers);
  GW_TRY(keepers->wrapping_secret_, read_secret(wrapping_secret));
  ::close(wrapping_secret);
  GW_TRY(keepers->warm_up());
  if (!is_open(tpm)) return keepers;
  Result<std::unique_ptr<keys::Tpm>> found = keys::Tpm::connect(UniqueFd(tpm));
  if (found)
    keepers->tpm_ = *std::move(found);
  else
    keepers->complaint_ = found.error().detail;
  return keepers;
}

/// One key is made, opened and used for nothing, so that the library finds what it needs before the walls.
Result<> Keepers::warm_up() {
  GW_TRY(std::string pem, keys::make_encrypted_key(model::KeyKind::p256, wrapping_secret_));
  GW_TRY(key(Secret(std::move(pem))));
  return Done{};
}

Result<keys::PrivateKeyPtr> Keepers::key(const Secret& pem) {
  const std::lock_guard lock(tpm_lock_);
  GW_TRY(keys::PrivateKeyPtr key,
         keys::open_key(pem, {.wrapping_secret = &wrapping_secret_, .tpm = tpm_.get()}));
  if (key->keeping() == keys::Keeping::tpm) return keys::locked(std::move(key), tpm_lock_);
  return key;
}

}  // namespace gw::keyd
