#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "accounts/one_time_code.h"

namespace gw::accounts {

inline constexpr std::size_t kRecoveryCodes = 10;

/// Ten codes for whoever has lost the second factor (EMG-02): shown once, kept as hashes, each good once.
struct RecoveryCodes {
  std::vector<Secret> codes{};
  std::vector<CodeHash> hashes{};
};
RecoveryCodes make_recovery_codes();

/// Which of them was typed. Looks at ten, however many are left, so that time tells nothing.
std::optional<std::size_t> find_recovery_code(std::span<const CodeHash> hashes, std::string_view typed);

}  // namespace gw::accounts
