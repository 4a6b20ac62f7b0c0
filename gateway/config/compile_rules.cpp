#include <chrono>
#include <string>
#include <utility>

#include "config/compilation.h"
#include "config/names.h"

namespace gw::config {
namespace {

/// Which rule already allows a terminal a service; rows are services, filled when a rule first names one.
class Allowed {
 public:
  Allowed(std::size_t services, std::size_t terminals) : terminals_(terminals), rows_(services) {}
  /// The rule that came first, or nullptr.
  const RuleKeys* claim(std::size_t service, std::size_t terminal, const RuleKeys& rule) {
    auto& row = rows_[service];
    if (row.empty()) row.resize(terminals_, nullptr);
    if (row[terminal] == nullptr) row[terminal] = &rule;
    return row[terminal] == &rule ? nullptr : row[terminal];
  }

 private:
  std::size_t terminals_;
  std::vector<std::vector<const RuleKeys*>> rows_;
};

struct Reference {
  std::size_t place;
  Position at;
};

/// Whether the service can tell the terminal at all: by its certificate, or by where it comes from.
bool can_tell(const model::Service& service, const model::Terminal& terminal) {
  return model::speaks_downstream(service.mode) != terminal.source.has_value();
}

/// `all` are those whom the service can tell; by name, it has to.
void keep_tellable(Compilation& compilation, const model::Service& service, const model::Tenant& tenant,
                   bool all, std::vector<Reference>& named) {
  std::erase_if(named, [&](const Reference& reference) {
    const model::Terminal& terminal = tenant.terminals[reference.place];
    if (can_tell(service, terminal)) return false;
    if (!all)
      compilation.problems.add(
          reference.at, ErrorCode::config_value_choice,
          in_quotes(terminal.name) +
              (terminal.source
                   ? " is known by its address, which only a service with the "
                     "mode `pass_through` goes by"
                   : " is known by its certificate, which it does not show to " + in_quotes(service.name) +
                         " with the mode "
                         "`pass_through`; name a terminal with `match: "
                         "{source: ADDRESS}`"));
    return true;
  });
}

std::vector<Reference> named_terminals(Compilation& compilation, const Names& terminals,
                                       const RuleKeys& keys) {
  std::vector<Reference> named;
  if (!keys.terminals) return named;
  if (keys.terminals->all)
    for (std::size_t i = 0; i < terminals.size(); ++i) named.push_back({i, keys.terminals.at});
  const auto& items = keys.terminals->names.items;
  refuse_repeated(
      compilation.problems, items, [](const Name& n) { return n.value; }, "the terminal");
  for (const auto& reference : items)
    if (const auto place = terminals.resolve(reference)) named.push_back({*place, reference.at});
  return named;
}

/// One rule, one meaning: which of two applies must never be a question. One complaint a rule is enough.
bool is_unambiguous(Compilation& compilation, Allowed& allowed, std::size_t service,
                    const std::vector<Reference>& named, const RuleKeys& rule, const TenantKeys& keys) {
  bool alone = true;
  for (const Reference& reference : named) {
    const RuleKeys* first = allowed.claim(service, reference.place, rule);
    if (first == nullptr || !std::exchange(alone, false)) continue;
    const Given<Name>& terminal = keys.terminals->items[reference.place]->name;
    compilation.problems.add(reference.at, ErrorCode::config_rule_ambiguous,
                             "the rule " + in_quotes(first->name->value) + " lets " +
                                 in_quotes(terminal->value) + " use " + in_quotes(rule.service->value) +
                                 " already; keep one rule for the two");
  }
  return alone;
}

void warn_of_ended_rule(Compilation& compilation, const RuleKeys& keys) {
  if (!keys.until) return;
  const CivilTime end{std::chrono::duration_cast<CivilTime::duration>(keys.until->value)};
  if (end <= compilation.surroundings.now)
    compilation.problems.warn(keys.until.at, ErrorCode::config_exception_expired,
                              "this rule has ended and allows nothing; take it out or give it a later day");
}

/// Which names some rule names.
struct Used {
  std::vector<bool> terminals;
  std::vector<bool> services;
};

void warn_of_idle_names(Compilation& compilation, const Used& used, const TenantNames& names,
                        const TenantKeys& keys) {
  for (std::size_t i = 0; i < used.terminals.size(); ++i) {
    const TerminalKeys& terminal = *keys.terminals->items[i];
    const bool blocked = terminal.blocked && terminal.blocked->value;
    if (names.terminals.resolve(terminal.name) == i && !used.terminals[i] && !blocked)
      compilation.problems.warn(
          terminal.name.at, ErrorCode::config_name_unused,
          "no rule names the terminal " + in_quotes(terminal.name->value) + "; it may use nothing");
  }
  for (std::size_t i = 0; i < used.services.size(); ++i) {
    const Given<Name>& name = keys.services->items[i]->name;
    if (names.services.resolve(name) == i && !used.services[i])
      compilation.problems.warn(
          name.at, ErrorCode::config_name_unused,
          "no rule lets anybody use the service " + in_quotes(name->value) + "; nobody may");
  }
}

}  // namespace

void compile_rules(Compilation& compilation, const TenantNames& names, const TenantKeys& keys,
                   model::Tenant& tenant) {
  const std::size_t errors_before = compilation.problems.errors();
  Names rules(compilation.problems, "rule");
  rules.add_all(keys.rules);
  Allowed allowed(names.services.size(), names.terminals.size());
  Used used{std::vector<bool>(names.terminals.size()), std::vector<bool>(names.services.size())};
  for (const auto& given : keys.rules->items) {
    model::Rule rule;
    rule.id = model::RuleId(static_cast<std::uint32_t>(tenant.rules.size()));
    take(given->name, rule.name);
    take(given->until, rule.until);
    rule.all = given->terminals->all;
    warn_of_ended_rule(compilation, *given);
    std::vector<Reference> named = named_terminals(compilation, names.terminals, *given);
    if (const auto service = names.services.resolve(given->service)) {
      rule.service = model::ServiceId(static_cast<std::uint16_t>(*service));
      const bool names_somebody = !named.empty();
      keep_tellable(compilation, tenant.services[*service], tenant, rule.all, named);
      const bool reaches_nobody = names_somebody && named.empty();
      used.services[*service] = used.services[*service] || !reaches_nobody;
      if (!is_unambiguous(compilation, allowed, *service, named, *given, keys)) named.clear();
    }
    for (const Reference& reference : named) {
      used.terminals[reference.place] = true;
      rule.terminals.push_back(model::TerminalId(static_cast<std::uint32_t>(reference.place)));
    }
    tenant.rules.push_back(std::move(rule));
  }
  const bool whole = keys.rules.state != State::broken && compilation.problems.errors() == errors_before;
  if (whole) warn_of_idle_names(compilation, used, names, keys);
}

}  // namespace gw::config
