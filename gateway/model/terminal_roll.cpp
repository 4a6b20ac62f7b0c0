#include "model/terminal_roll.h"

#include <set>

namespace gw::model {
namespace {

using Row = TerminalRoll::Row;
using Standing = TerminalRoll::Standing;

bool is_blocked_whole(const CutOff& cut_off, const std::string& terminal) {
  return std::any_of(cut_off.blocks.begin(), cut_off.blocks.end(), [&](const CutOff::Block& block) {
    return block.terminal == terminal && block.certificate.empty();
  });
}

/// In the order in which a session is judged.
Standing standing_of(const CutOff& cut_off, const Wiring::Device& terminal) {
  if (terminal.blocked) return Standing::blocked_in_configuration;
  if (is_blocked_whole(cut_off, terminal.text)) return Standing::blocked;
  return cut_off.covers_terminal(terminal.text) ? Standing::cut_off : Standing::known;
}

Row row_of(const std::string& tenant, const Wiring::Device& terminal, const CutOff& cut_off) {
  Row row{.tenant = tenant, .terminal = terminal.text, .standing = standing_of(cut_off, terminal)};
  for (const CutOff::Block& block : cut_off.blocks)
    if (block.terminal == terminal.text && !block.certificate.empty())
      row.certificates.push_back({block.certificate});
  return row;
}

bool names_a_terminal(const Cut& cut) {
  return cut.what == Cut::What::terminal || cut.what == Cut::What::certificates;
}

}  // namespace

std::string_view to_string(Standing standing) {
  static constexpr std::string_view kWords[] = {"known", "blocked_in_configuration", "blocked", "cut_off"};
  return kWords[static_cast<std::size_t>(standing)];
}

TerminalRoll roll_of(const Wiring& wiring, const std::vector<Cut>& cuts) {
  TerminalRoll roll;
  std::set<std::pair<std::string, std::string>> left;  // named by a cut and not listed yet
  for (const Cut& cut : cuts)
    if (names_a_terminal(cut)) left.emplace(cut.tenant, cut.name);
  for (const Wiring::Compartment& tenant : wiring.compartments) {
    const CutOff cut_off = cut_off_of(cuts, tenant.name);
    for (const Wiring::Device& terminal : tenant.terminals) {
      left.erase({tenant.name, terminal.text});
      roll.rows.push_back(row_of(tenant.name, terminal, cut_off));
      roll.rows.back().configured = true;
    }
  }
  for (const auto& [tenant, terminal] : left)
    roll.rows.push_back(row_of(tenant, {terminal}, cut_off_of(cuts, tenant)));
  return roll;
}

}  // namespace gw::model
