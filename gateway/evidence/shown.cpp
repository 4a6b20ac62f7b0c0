#include "evidence/shown.h"

#include <algorithm>

#include "base/jst.h"
#include "packs/words.h"

namespace gw::evidence {
namespace {

constexpr State kStates[] = {State::shown, State::attention, State::unknown};

template <class Count>
std::string counts(Count count) {
  std::string out;
  for (const State state : kStates)
    out.append(out.empty() ? "" : " / ")
        .append(shown(state))
        .append(" ")
        .append(std::to_string(count(state)));
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
  return counts([&](State state) {
    return std::ranges::count_if(pack.rows,
                                 [&](const packs::Row& row) { return state_of(document, row) == state; });
  });
}

std::string shown_blank(const packs::Blank& blank) {
  return "記入欄: " + blank.name + " – " +
         std::string(packs::word_of(packs::kOwners, blank.owner).shown.japanese);
}

}  // namespace gw::evidence
