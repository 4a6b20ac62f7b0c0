#include <map>
#include <optional>
#include <string>
#include <utility>

#include "config/compilation.h"

namespace gw::config {
namespace {

/// A kind of name, or none for an address.
using Match = std::pair<std::optional<model::SanKind>, std::string>;

/// Exactly one field of the certificate tells who a terminal is; or, where it shows none, its address.
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
  if (keys->source.state != State::absent) {
    ++given;
    terminal.source = keys->source->value;
    terminal.match_value = keys->source->value.to_text();
  }
  if (given == 1) return;
  compilation.problems.add(
      keys.at, given == 0 ? ErrorCode::config_key_missing : ErrorCode::config_value_choice,
      "`match` takes exactly one of `uri`, `dns`, `email` and `source`; the terminal is known by that");
}

/// One name in a certificate leads to one terminal.
void refuse_shared_match(Compilation& compilation, std::map<Match, std::string>& taken, Position at,
                         const model::Terminal& terminal) {
  const auto kind = terminal.source ? std::nullopt : std::optional(terminal.match_kind);
  const auto [first, fresh] = taken.emplace(Match{kind, terminal.match_value}, terminal.name);
  if (!fresh && first->second != terminal.name)
    compilation.problems.add(at, ErrorCode::config_name_repeated,
                             "the terminal " + in_quotes(first->second) + " is known by " +
                                 in_quotes(terminal.match_value) + " already; give each terminal " +
                                 (terminal.source ? "an address" : "a certificate") + " of its own");
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
