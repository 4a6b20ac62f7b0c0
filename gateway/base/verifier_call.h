#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/language.h"

namespace gw {

// Programs of somebody who was handed something and verifies it without the box: they are called in one way.

/// `[--signer SHA256] [--output text|json] [--lang ja|en] [PATH]`
struct VerifierCall {
  std::optional<std::array<std::uint8_t, 32>> signer{};  ///< the key that has to have signed
  bool as_json = false;
  bool is_part = false;  ///< not all of it was handed over
  Language language = language_of_environment();
  std::string path{};  ///< empty: standard input
};
/// Nothing if it cannot be understood. `--part` means something where there `are_parts`.
std::optional<VerifierCall> understand_verifier(std::span<char* const> words, bool are_parts = false);

/// Exit statuses; the last two as sysexits.h has them.
enum class Verified : int {
  whole = 0,
  not_whole = 1,
  nobody_known = 2,  ///< it agrees with itself, and nobody said which key has to have signed
  called_wrongly = 64,
  unreadable = 66,
};

struct Verifier {
  std::string_view name{};
  std::string_view help{};
  Verified (*verify)(const VerifierCall& call);
  bool are_parts = false;  ///< may a part be handed over alone?
};
/// What `main` returns.
int run_verifier(const Verifier& verifier, int count, char** arguments);

/// Says on standard error what keeps it from verifying.
Verified unreadable(const Verifier& verifier, std::string_view what, std::string_view why);

}  // namespace gw
