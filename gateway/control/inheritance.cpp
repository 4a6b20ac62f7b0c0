#include "control/inheritance.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "accounts/seal.h"
#include "base/fd.h"
#include "base/text.h"
#include "ipc/inherited.h"

namespace gw::control {
namespace {

constexpr std::size_t kMost = 256;  // octets of either

Result<std::string> read_all(int fd) {
  std::string out(kMost + 1, '\0');
  std::size_t size = 0;
  while (size < out.size()) {
    const ssize_t got = ::read(fd, out.data() + size, out.size() - size);
    if (got < 0) return Error{ErrorCode::file_unreadable, system_error("read").detail};
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kMost) return Error{ErrorCode::file_too_large};
  out.resize(size);
  return out;
}

/// None: its number is free.
UniqueFd handed_in(int number) { return UniqueFd(::fcntl(number, F_GETFD) < 0 ? -1 : number); }

template <std::size_t N>
bool take_hex(std::string_view hex, std::array<std::uint8_t, N>& out) {
  const auto octets = from_hex(hex);
  if (!octets || octets->size() != N) return false;
  std::ranges::copy(as_bytes(*octets), out.begin());
  return true;
}

}  // namespace

std::optional<accounts::CodeHash> parse_bootstrap(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  const std::size_t colon = text.find(':');
  accounts::CodeHash out;
  if (colon == std::string_view::npos || !take_hex(text.substr(0, colon), out.salt) ||
      !take_hex(text.substr(colon + 1), out.digest))
    return std::nullopt;
  return out;
}

Result<Inheritance> read_inheritance() {
  Inheritance out;
  const UniqueFd secret(ipc::kSecondInputFd);
  GW_TRY(std::string seal, read_all(secret.get()));
  out.seal = Secret(std::move(seal));
  if (out.seal.view().size() != accounts::Seal::kKeySize)
    return Error{ErrorCode::file_unreadable, "the secret of the seal has another size"};
  const UniqueFd packs = handed_in(ipc::kBeforeFd), profiles = handed_in(ipc::kLeaseFd);
  if (packs) out.packs = read_packs(packs);
  if (profiles) out.profiles = read_packs(profiles);
  const UniqueFd label = handed_in(ipc::kThirdInputFd);
  if (!label) return out;
  const auto text = read_all(label.get());
  if (text) out.bootstrap = parse_bootstrap(*text);
  out.is_label_spoilt = !out.bootstrap;
  return out;
}

}  // namespace gw::control
