#pragma once

// Lists of things that hold for a prefix, where a wider prefix says the same and more.

#include <algorithm>
#include <iterator>
#include <vector>

#include "net/plan.h"

namespace gw::net {

inline model::Prefix& prefix_of(model::Prefix& prefix) { return prefix; }
inline model::Prefix& prefix_of(Source& source) { return source.prefix; }
inline model::Prefix& prefix_of(Permission& permission) { return permission.destination; }

template <class T>
void sort_once(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// Do the sorted values hold the same thing with a shorter prefix?
template <class T>
bool is_covered(const std::vector<T>& sorted, const T& value) {
  T wider = value;
  for (model::Prefix& prefix = prefix_of(wider); prefix.length > 0;) {
    --prefix.length;
    prefix = prefix.network();
    if (std::binary_search(sorted.begin(), sorted.end(), wider)) return true;
  }
  return false;
}

/// Sorted, without what another one covers: the kernel refuses overlapping intervals.
template <class T>
void keep_outermost(std::vector<T>& values) {
  sort_once(values);
  std::vector<T> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept),
               [&](const T& value) { return !is_covered(values, value); });
  values = std::move(kept);
}

/// What holds under both, of lists that keep_outermost() made.
template <class T>
std::vector<T> covered_by_both(const std::vector<T>& a, const std::vector<T>& b) {
  std::vector<T> out;
  const auto add_covered = [&](const std::vector<T>& values, const std::vector<T>& by) {
    std::copy_if(values.begin(), values.end(), std::back_inserter(out), [&](const T& value) {
      return std::binary_search(by.begin(), by.end(), value) || is_covered(by, value);
    });
  };
  add_covered(a, b);
  add_covered(b, a);
  keep_outermost(out);
  return out;
}

}  // namespace gw::net
