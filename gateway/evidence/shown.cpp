#include "evidence/shown.h"

#include <algorithm>

#include "base/jst.h"
#include "packs/words.h"

namespace gw::evidence {
namespace {

template <class Count>
std::string counts(Count count) {
  std::string out;
  for (std::size_t i = 0; i < kStates; ++i)
    out.append(out.empty() ? "" : " / ")
        .append(kStatesShown[i])
        .append(" ")
        .append(std::to_string(count(static_cast<State>(i))));
  return out;
}

}  // namespace

std::string shown_time(CivilTime time) {
  std::string text = to_jst_text(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()));
  text.resize(19);
  text[10] = ' ';
  return text + " (日本時間)";
}

std::string shown_counts(const Document& document) {
  return counts([&](State state) { return count(document, state); });
}

std::string shown_counts(const Document& document, const packs::Pack& pack) {
  std::string out = counts([&](State state) {
    return std::ranges::count_if(pack.rows, [&](const packs::Row& row) {
      return !row.answers.empty() && state_of(document, row) == state;
    });
  });
  std::size_t blanks = 0, rows = 0;
  for (const packs::Row& row : pack.rows) {
    blanks += row.blanks.size();
    rows += row.blanks.empty() ? 0 : 1;
  }
  return out.append(" / 記入待ち " + std::to_string(blanks) + " 欄 (" + std::to_string(rows) + " 項目)");
}

std::string shown_to_fill(const packs::Row& row) {
  return row.blanks.empty() ? std::string() : "記入待ち " + std::to_string(row.blanks.size());
}

std::string shown_blank(const packs::Blank& blank) {
  return "記入欄: " + blank.name + " – " +
         std::string(packs::word_of(packs::kOwners, blank.owner).shown.japanese);
}

}  // namespace gw::evidence
