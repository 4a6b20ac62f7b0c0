#include "accounts/recovery_codes.h"

namespace gw::accounts {

RecoveryCodes make_recovery_codes() {
  RecoveryCodes made;
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    made.codes.push_back(random_code());
    made.hashes.push_back(hash_code(made.codes.back().view()));
  }
  return made;
}

std::optional<std::size_t> find_recovery_code(std::span<const CodeHash> hashes, std::string_view typed) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    const bool is_there = i < hashes.size();
    if (matches(is_there ? hashes[i] : CodeHash{}, typed) && is_there) found = i;
  }
  return found;
}

}  // namespace gw::accounts
