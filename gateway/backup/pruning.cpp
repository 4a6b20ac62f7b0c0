#include "backup/pruning.h"

#include <algorithm>

#include "base/jst.h"

namespace gw::backup {

std::vector<std::uint64_t> surplus(std::span<const Age> generations, Keep keep,
                                   std::optional<std::uint64_t> last_good) {
  std::vector<Age> left(generations.begin(), generations.end());
  std::ranges::sort(left, {}, &Age::number);
  std::vector<std::uint64_t> out;
  const auto may_go = [&](const Age& one) { return one != left.back() && one.number != last_good; };
  const auto is_crowded = [&](const Age& one) {
    return may_go(one) && std::ranges::any_of(left, [&](const Age& other) {
             return other.number > one.number && jst_day_of(other.made) == jst_day_of(one.made);
           });
  };
  while (left.size() > keep.count()) {
    auto goes = std::ranges::find_if(left, is_crowded);
    if (goes == left.end()) goes = std::ranges::find_if(left, may_go);
    out.push_back(goes->number);
    left.erase(goes);
  }
  return out;
}

}  // namespace gw::backup
