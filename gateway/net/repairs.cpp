#include "net/repairs.h"

#include <algorithm>

namespace gw::net {
namespace {

void keep(std::vector<std::string>& texts, std::string_view text) {
  std::string& kept = texts.emplace_back(text.substr(0, Repairs::kLongest));
  std::replace_if(
      kept.begin(), kept.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
}

}  // namespace

void Repairs::add(std::string_view text) {
  if (texts_.size() == kMost)
    ++further_;
  else
    keep(texts_, text);
}

void Repairs::leave(std::string_view text) {
  if (left_.size() < kMost) keep(left_, text);
}

}  // namespace gw::net
