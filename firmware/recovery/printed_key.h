#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace gw::recovery {

/// A recovery key of systemd-cryptenroll(1) in its own spelling, eight groups of eight letters with dashes
/// and nothing behind them, from what somebody has copied from paper: in capitals or not, in groups or not,
/// over lines, with the wide letters and the dashes of a Japanese keyboard. text.malformed with the place of
/// what is wrong, and with no more of the key than that one letter.
Result<Secret> printed_key(std::string_view copied);
inline constexpr std::size_t kMostCopied = 4096;  ///< octets of a file that can hold nothing else

}  // namespace gw::recovery
