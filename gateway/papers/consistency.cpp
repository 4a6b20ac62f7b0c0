#include "papers/consistency.h"

#include <algorithm>

namespace gw::papers {
namespace {

/// NET-06: what a paper contradicts itself about is no fact, so nobody can take it for evidence.
void check_contradictions(const Profile& profile, config::Problems& problems) {
  for (const Contradiction& one : profile.contradictions) {
    const auto& statements = profile.of(one.about);
    if (statements.empty() || std::ranges::any_of(statements, &Statement::is_unknown)) continue;
    problems.add(statements.front().at, ErrorCode::config_value_format,
                 config::in_quotes(fact(one.about).name()) +
                     " is given as a fact and contradicted below; write `is: unknown` until it is answered");
  }
}

/// BAK-06: seven generations and seven days are not the same.
void check_unit(const Profile& profile, config::Problems& problems) {
  const auto &count = profile.of(FactId::backup_count), &unit = profile.of(FactId::backup_unit);
  if (count.empty() || unit.empty() || count.front().is_unknown() || !unit.front().is_unknown()) return;
  problems.add(count.front().at, ErrorCode::config_value_unit,
               "`backup.count` is a number without its unit; write it as unknown, or give `backup.unit`");
}

}  // namespace

void check_consistency(const Profile& profile, config::Problems& problems) {
  check_contradictions(profile, problems);
  check_unit(profile, problems);
}

}  // namespace gw::papers
