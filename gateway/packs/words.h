#pragma once

#include <iterator>

#include "config/shown_word.h"
#include "packs/pack.h"

// The values of a pack that are one of a few words, each table in the order of its enumeration.

namespace gw::packs {

inline constexpr config::ShownWord kKinds[] = {{"guideline", {"ガイドライン", "guideline"}},
                                               {"checklist", {"チェックリスト", "checklist"}},
                                               {"disclosure", {"開示書の様式", "disclosure layout"}},
                                               {"controls", {"管理策", "controls"}}};
inline constexpr config::ShownWord kStandings[] = {{"in_force", {"有効", "in force"}},
                                                   {"superseded", {"旧版", "superseded"}},
                                                   {"unknown", {"不明", "unknown"}}};
inline constexpr config::ShownWord kOwners[] = {{"clinic", {"医療機関", "clinic"}},
                                                {"vendor", {"装置の提供者", "vendor of the gateway"}},
                                                {"carrier", {"回線事業者", "carrier"}},
                                                {"service", {"サービス事業者", "service"}}};
inline constexpr config::ShownWord kGrades[] = {
    {"S", {"事業者の公開資料で確認", "read in a vendor's published paper"}},
    {"T", {"原文を確認", "the passage itself was seen"}},
    {"T-", {"原文の一部を確認", "part of the passage was seen"}},
    {"2", {"二次資料による", "from a secondary source"}},
    {"M", {"原文未確認", "from memory, the text was not seen"}},
    {"D", {"当方の設計判断", "our own decision"}}};

template <class E>
const config::ShownWord& word_of(std::span<const config::ShownWord> words, E value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace gw::packs
