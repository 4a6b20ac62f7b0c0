#pragma once

#include <string>
#include <string_view>

#include "evidence/document.h"

// What people read in the place of a value, in Japanese. Within the module.

namespace gw::evidence {

inline constexpr std::string_view kStatesShown[] = {"確認済み", "要確認", "未確認"};
inline std::string_view shown(State state) { return kStatesShown[static_cast<std::size_t>(state)]; }

/// "2026-11-29 03:10:00 (日本時間)".
std::string shown_time(CivilTime time);
/// "確認済み 3 / 要確認 1 / 未確認 2".
std::string shown_counts(const Document& document);
std::string shown_counts(const Document& document, const packs::Pack& pack);
/// "記入欄: 責任者の氏名 – 医療機関".
std::string shown_blank(const packs::Blank& blank);

}  // namespace gw::evidence
