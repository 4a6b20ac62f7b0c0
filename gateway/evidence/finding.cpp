#include "evidence/finding.h"

#include <algorithm>

namespace gw::evidence {

std::string_view to_string(State state) {
  constexpr std::string_view kNames[] = {"shown", "by_design", "unknown", "attention"};
  return kNames[static_cast<std::size_t>(state)];
}

State worse(State one, State other) { return std::max(one, other); }

}  // namespace gw::evidence
