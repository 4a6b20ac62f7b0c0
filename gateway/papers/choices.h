#pragma once

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "config/problems.h"
#include "config/suggest.h"
#include "papers/kind.h"

// The kinds whose value is one of a few words.

namespace gw::papers {

struct Choice {
  std::string_view value{};
  Wording shown{};
};

inline constexpr Choice kYesNo[] = {{"yes", {"はい", "yes"}}, {"no", {"いいえ", "no"}}};
inline constexpr Choice kWhether[] = {
    {"yes", {"必須", "required"}}, {"no", {"なし", "no"}}, {"optional", {"任意", "optional"}}};
inline constexpr Choice kUnits[] = {{"世代", {"世代", "generations"}}, {"日", {"日", "days"}}};
inline constexpr Choice kAnchors[] = {{"発生", {"発生", "occurrence"}}, {"検知", {"検知", "detection"}}};
inline constexpr Choice kModes[] = {{"pass_through", {"通過 (pass_through)", "pass_through"}},
                                    {"wrap", {"外側の保護 (wrap)", "wrap"}},
                                    {"terminate", {"終端 (terminate)", "terminate"}}};
/// In the order of Party.
inline constexpr Choice kParties[] = {{"vendor", {"提供事業者", "vendor"}},
                                      {"customer", {"医療機関", "customer"}},
                                      {"carrier", {"回線事業者", "carrier"}},
                                      {"supplier", {"装置の提供者", "supplier of the gateway"}}};
inline constexpr Choice kTlsVersions[] = {{"TLS1.2", {"TLS1.2", "TLS1.2"}}, {"TLS1.3", {"TLS1.3", "TLS1.3"}}};
/// In the order of Superseded.
inline constexpr Choice kSuperseded[] = {{"yes", {"旧版", "superseded"}},
                                         {"no", {"現行", "in force"}},
                                         {"unknown", {"現行か不明", "not known whether in force"}}};

/// Which of them it is; nullptr if none.
inline const Choice* find_choice(std::span<const Choice> choices, std::string_view value) {
  const auto found = std::ranges::find(choices, value, &Choice::value);
  return found == choices.end() ? nullptr : &*found;
}

inline Error no_choice(std::span<const Choice> choices, std::string_view text) {
  std::vector<std::string_view> known;
  for (const Choice& choice : choices) known.push_back(choice.value);
  return {ErrorCode::config_value_choice, config::in_quotes(text) + " is not one of " +
                                              config::listed(known) + config::did_you_mean(text, known)};
}

}  // namespace gw::papers
