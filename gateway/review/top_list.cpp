#include "review/top_list.h"

#include <algorithm>

namespace gw::review {

void TopList::add(std::string_view name, std::uint64_t count) {
  if (const auto found = counts_.find(name); found != counts_.end()) {
    found->second.count += count;
    return;
  }
  Count taken_over;
  if (counts_.size() == capacity_) {
    const auto rarest =
        std::ranges::min_element(counts_, {}, [](const auto& one) { return one.second.count; });
    taken_over = {rarest->second.count, rarest->second.count};
    counts_.erase(rarest);
    is_cut_ = true;
  }
  counts_.emplace(std::string(name), Count{taken_over.count + count, taken_over.too_high});
}

std::vector<TopList::Row> TopList::rows(std::size_t most) const {
  std::vector<Row> out;
  for (const auto& [name, count] : counts_) out.push_back({name, count.count, count.too_high});
  std::ranges::stable_sort(out, std::greater<>(), &Row::count);
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace gw::review
