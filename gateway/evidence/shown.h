#pragma once

#include <string>
#include <string_view>

#include "evidence/document.h"

// What people read in the place of a value, in Japanese. Within the module.

namespace gw::evidence {

/// In the order of State.
inline constexpr std::string_view kStatesShown[kStates] = {"確認済み", "設計・設定による", "未確認",
                                                           "要確認"};
inline std::string_view shown(State state) { return kStatesShown[static_cast<std::size_t>(state)]; }

/// "2026-11-29 03:10:00 (日本時間)".
std::string shown_time(CivilTime time);
/// "確認済み 3 / 設計・設定による 1 / 未確認 2 / 要確認 1", of the findings.
std::string shown_counts(const Document& document);
/// The same of the items that facts answer, and " / 記入待ち 5 欄 (4 項目)" of the blanks.
std::string shown_counts(const Document& document, const packs::Pack& pack);
/// "記入待ち 2": no item is done before its blanks are filled in. Empty without blanks.
std::string shown_to_fill(const packs::Row& row);
/// "記入欄: 責任者の氏名 – 医療機関".
std::string shown_blank(const packs::Blank& blank);

}  // namespace gw::evidence
