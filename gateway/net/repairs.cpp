#include "net/repairs.h"

#include <algorithm>

namespace gw::net {

void Repairs::add(std::string_view text) {
  if (texts_.size() == kMost) {
    ++further_;
    return;
  }
  std::string& kept = texts_.emplace_back(text.substr(0, kLongest));
  std::replace_if(
      kept.begin(), kept.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
}

}  // namespace gw::net
