#include "detect/kind.h"

#include <algorithm>

namespace gw::detect {
namespace {

constexpr Rule kRules[] = {
#define GW_DETECTION(name, id, severity, subject, least, window, quiet, advice) \
  {Kind::name,                                                                  \
   id,                                                                          \
   Severity::severity,                                                          \
   Subject::subject,                                                            \
   least,                                                                       \
   std::chrono::seconds(window),                                                \
   std::chrono::minutes(quiet),                                                 \
   advice},
#include "detect/kinds.def"
#undef GW_DETECTION
};

}  // namespace

std::string_view to_string(Severity severity) { return severity == Severity::grave ? "grave" : "notable"; }

std::span<const Rule> rules() { return kRules; }

const Rule& rule(Kind kind) { return kRules[static_cast<std::size_t>(kind)]; }

std::optional<Kind> parse_kind(std::string_view id) {
  const auto found = std::ranges::find(kRules, id, &Rule::id);
  return found == std::end(kRules) ? std::nullopt : std::optional(found->kind);
}

}  // namespace gw::detect
