#pragma once

#include <iterator>

#include "config/shown_word.h"
#include "papers/kind.h"

// The kinds whose value is one of a few words.

namespace gw::papers {

using Choice = config::ShownWord;

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

}  // namespace gw::papers
