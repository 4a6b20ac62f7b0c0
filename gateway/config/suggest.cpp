#include "config/suggest.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "config/problems.h"

namespace gw::config {
namespace {

constexpr std::size_t kLongestSuggested = 64;

/// How many letters must be put in, left out, changed or swapped with their neighbour to come from one to the
/// other (optimal string alignment). Three rows of the table are enough.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_back(b.size() + 1), back(b.size() + 1), row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_back.swap(back);
    back.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({back[j] + 1, row[j - 1] + 1, back[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_back[j - 2] + 1);
    }
  }
  return row.back();
}

}  // namespace

std::string listed(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out.append(i + 1 == words.size() ? " and " : ", ");
    out.append(in_quotes(words[i]));
  }
  return out;
}

std::string_view nearest(std::string_view written, const std::vector<std::string_view>& known) {
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
  return best;
}

std::string did_you_mean(std::string_view written, const std::vector<std::string_view>& known) {
  const std::string_view best = nearest(written, known);
  return best.empty() ? std::string{} : "; did you mean " + in_quotes(best) + "?";
}

}  // namespace gw::config
