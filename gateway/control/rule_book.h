#pragma once

#include "control/record_store.h"
#include "ipc/channel.h"
#include "model/rule_roll.h"
#include "review/rule_use.h"

namespace gw::control {

/// The rules in force, and when each of them was used last (WLS-06). What is found out of the records of a
/// running month is found again after a restart; what months before have shown is in the store. One thread.
class RuleBook {
 public:
  /// Both outlive it; the table is the store's. store.*.
  static Result<RuleBook> open(RecordStore& store, const Clock& clock);

  /// The rules of what was confirmed, as the supervisor has them. store.*.
  Result<> hear(const ipc::Frame& frame);
  Result<> set(model::RuleRoll rules);
  void take(const audit::Record& record) { use_.take(record); }
  /// Within the store's transaction.
  Result<> keep();

  const model::RuleRoll& rules() const { return rules_; }
  /// Of the site and its tenants: no password holds one (ADM-02).
  std::vector<std::string> names_of_site() const;
  const review::RuleUse& use() const { return use_; }
  /// tenant/rule of those that are proposed to be removed.
  std::vector<std::string> unused() const { return use_.unused(clock_->civil_now()); }

 private:
  RuleBook(RecordStore& store, const Clock& clock) : store_(&store), clock_(&clock) {}

  RecordStore* store_;
  const Clock* clock_;
  model::RuleRoll rules_{};
  review::RuleUse use_{};
};

/// By which records and reviews speak of a rule.
inline std::string name_of(const model::RuleRoll::Row& row) { return row.tenant + "/" + row.rule; }

}  // namespace gw::control
