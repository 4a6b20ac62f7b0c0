#include "control/rule_book.h"

#include <set>

#include "sys/sealed.h"

namespace gw::control {

using std::chrono::milliseconds;

Result<RuleBook> RuleBook::open(RecordStore& store, const Clock& clock) {
  RuleBook book(store, clock);
  GW_TRY(auto rows, store.database().prepare("SELECT rule, used FROM rule_use"));
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return book;
    book.use_.restore(std::string(rows.text(0)), CivilTime(milliseconds(rows.number(1))));
  }
}

Result<> RuleBook::hear(const ipc::Frame& frame) {
  GW_TRY(const auto octets, sys::read_sealed(frame.fds.front().get(), model::kMostRuleRoll));
  GW_TRY(auto rules, decode<model::RuleRoll>(octets));
  return set(std::move(rules));
}

Result<> RuleBook::set(model::RuleRoll rules) {
  std::vector<std::string> names;
  for (const auto& row : rules.rows) names.push_back(name_of(row));
  rules_ = std::move(rules);
  use_.set_rules(names, clock_->civil_now());
  return store_->together({}, [this] { return keep(); });
}

std::vector<std::string> RuleBook::names_of_site() const {
  std::set<std::string> names{rules_.site};
  for (const auto& door : rules_.doors) names.insert(door.tenant);
  return {names.begin(), names.end()};
}

Result<> RuleBook::keep() {
  GW_TRY(store_->database().run("DELETE FROM rule_use"));
  GW_TRY(auto insert, store_->database().prepare("INSERT INTO rule_use VALUES(?1, ?2)"));
  for (const auto& [rule, used] : use_.last_used()) {
    const auto at = std::chrono::floor<milliseconds>(used.time_since_epoch()).count();
    GW_TRY(insert.bind(1, std::string_view(rule)).bind(2, static_cast<std::uint64_t>(at)).run());
  }
  return Done{};
}

}  // namespace gw::control
