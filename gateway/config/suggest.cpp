#include "config/suggest.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "config/problems.h"

namespace gw::config {
namespace {

constexpr std::size_t kLongestSuggested = 64;

/// How many letters must be put in, left out or changed to come from one to the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string listed(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out.append(i + 1 == words.size() ? " and " : ", ");
    out.append(quoted(words[i]));
  }
  return out;
}

std::string did_you_mean(std::string_view written, const std::vector<std::string_view>& known) {
  if (written.empty() || written.size() > kLongestSuggested) return {};
  const std::string lower = to_lower(written);
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, written.size() / 3) + 1;
  for (const std::string_view word : known) {
    const std::size_t steps = distance(lower, to_lower(word));
    if (steps >= least) continue;
    least = steps;
    best = word;
  }
  return best.empty() ? std::string{} : "; did you mean " + quoted(best) + "?";
}

}  // namespace gw::config
