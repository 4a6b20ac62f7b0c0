#include "backup/part.h"

#include <algorithm>

namespace gw::backup {

bool is_part_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
  };
  if (name.empty() || name.size() > kMostPartName || name.back() == '/' || !std::ranges::all_of(name, fits))
    return false;
  char before = '/';
  for (const char c : name) {
    if (before == '/' && (c == '/' || c == '.')) return false;
    before = c;
  }
  return true;
}

}  // namespace gw::backup
