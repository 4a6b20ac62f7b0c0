#include "review/rule_use.h"

#include <algorithm>

namespace gw::review {

void RuleUse::set_rules(std::span<const std::string> rules, CivilTime now) {
  LastUsed next;
  for (const std::string& rule : rules) {
    const auto known = last_.find(rule);
    next[rule] = known != last_.end() ? known->second : now;
  }
  last_ = std::move(next);
}

void RuleUse::take(const audit::Record& record) {
  if (record.event.id() != EventId::session_opened) return;
  for (const auto& entry : record.event.entries()) {
    if (entry.field != Field::rule) continue;
    const auto rule = last_.find(record.tenant + "/" + entry.text);
    if (rule != last_.end()) rule->second = std::max(rule->second, record.time);
  }
}

std::vector<std::string> RuleUse::unused(CivilTime now) const {
  std::vector<std::string> out;
  for (const auto& [rule, last] : last_)
    if (is_unused(last, now)) out.push_back(rule);
  return out;
}

}  // namespace gw::review
