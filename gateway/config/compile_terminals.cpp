#include <map>
#include <string>
#include <utility>

#include "config/compilation.h"

namespace gw::config {
namespace {

using Match = std::pair<model::SanKind, std::string>;

/// Exactly one field of the certificate tells who a terminal is.
void take_match(Compilation& compilation, const Given<MatchKeys>& keys, model::Terminal& terminal) {
  int given = 0;
  const auto look = [&](const auto& form, model::SanKind kind) {
    if (form.state == State::absent) return;
    ++given;
    terminal.match_kind = kind;
    terminal.match_value = form->value;
  };
  look(keys->uri, model::SanKind::uri);
  look(keys->dns, model::SanKind::dns);
  look(keys->email, model::SanKind::email);
  if (given == 1) return;
  compilation.problems.add(
      keys.at, given == 0 ? ErrorCode::config_key_missing : ErrorCode::config_value_choice,
      "`match` takes exactly one of `uri`, `dns` and `email`; the terminal is known by that name");
}

/// One name in a certificate leads to one terminal.
void refuse_shared_match(Compilation& compilation, std::map<Match, std::string>& taken, Position at,
                         const model::Terminal& terminal) {
  const auto [first, fresh] = taken.emplace(Match{terminal.match_kind, terminal.match_value}, terminal.name);
  if (!fresh && first->second != terminal.name)
    compilation.problems.add(at, ErrorCode::config_name_repeated,
                             "the terminal " + in_quotes(first->second) + " is known by " +
                                 in_quotes(terminal.match_value) +
                                 " already; give each terminal a certificate of its own");
}

}  // namespace

void compile_terminals(Compilation& compilation, const TenantKeys& keys, model::Tenant& tenant) {
  std::map<Match, std::string> taken;
  for (const auto& given : keys.terminals->items) {
    model::Terminal terminal;
    terminal.id = model::TerminalId(static_cast<std::uint32_t>(tenant.terminals.size()));
    take(given->name, terminal.name);
    take(given->blocked, terminal.blocked);
    terminal.match_value = model::terminal_uri(tenant.name, terminal.name);
    if (given->match) take_match(compilation, given->match, terminal);
    if (given->name && given->match.state != State::broken && !terminal.match_value.empty())
      refuse_shared_match(compilation, taken, given->match ? given->match.at : given->name.at, terminal);
    tenant.terminals.push_back(std::move(terminal));
  }
}

}  // namespace gw::config
