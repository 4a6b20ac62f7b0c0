#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "audit/line.h"

namespace gw::review {

inline constexpr std::chrono::days kUnusedRule{90};  ///< WLS-06

/// When each rule that is in force was used last (WLS-06). As many entries as there are rules.
class RuleUse {
 public:
  /// The rules in force, tenant/rule. One that is new is as good as used now; one that is gone is forgotten.
  void set_rules(std::span<const std::string> rules, CivilTime now);
  void take(const audit::Record& record);
  /// What was known before: it counts until the rules are set.
  void restore(std::string rule, CivilTime used) { last_.insert_or_assign(std::move(rule), used); }
  using LastUsed = std::map<std::string, CivilTime, std::less<>>;
  const LastUsed& last_used() const { return last_; }
  static bool is_unused(CivilTime last, CivilTime now) { return now - last >= kUnusedRule; }
  /// In their order: those that nobody used for kUnusedRule.
  std::vector<std::string> unused(CivilTime now) const;

 private:
  LastUsed last_{};
};

}  // namespace gw::review
