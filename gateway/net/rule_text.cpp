#include "net/rule_text.h"

namespace gw::net {
namespace {

/// nft 1.0.6 swaps the bytes of an element's account where a set's elements run over into a second netlink
/// message (64 KiB). So many surely fit into one.
constexpr std::size_t kElementsAtOnce = 256;

void append_set(std::string& out, const RuleElements& set) {
  out += "\tset " + set.name + " {\n";
  for (const std::string& line : declaration_of(set)) out += "\t\t" + line + "\n";
  out += "\t}\n";
}

void append_elements(std::string& out, const RuleElements& set) {
  for (std::size_t i = 0; i < set.elements.size(); ++i) {
    if (i % kElementsAtOnce == 0)
      out += "add element inet " + std::string(kTableName) + " " + set.name + " {\n";
    out += "\t" + set.elements[i] + ",\n";
    if ((i + 1) % kElementsAtOnce == 0 || i + 1 == set.elements.size()) out += "}\n";
  }
}

void append_chain(std::string& out, const RuleChain& chain) {
  out += "\tchain " + chain.name + " {\n";
  if (!chain.hook.empty()) out += "\t\t" + declaration_of(chain) + "\n";
  for (const std::string& rule : chain.rules) out += "\t\t" + rule + "\n";
  out += "\t}\n";
}

}  // namespace

std::vector<std::string> declaration_of(const RuleElements& set) {
  switch (set.lookup) {
    case Lookup::exact:
      return {"type " + set.type};
    case Lookup::interval:
      return {"type " + set.type, "flags interval"};
    case Lookup::traffic:
      break;
  }
  const std::string size = "size " + std::to_string(kSources);
  if (set.timeout.empty()) return {"type " + set.type, size, "flags dynamic"};
  return {"type " + set.type, size, "flags dynamic,timeout", "timeout " + set.timeout};
}

std::string declaration_of(const RuleChain& chain) {
  return "type filter hook " + chain.hook + " priority " + std::to_string(chain.priority) + "; policy " +
         (chain.policy == Policy::drop ? "drop;" : "accept;");
}

std::string to_text(const RuleSet& rules) {
  // All of it is one transaction: whatever else was there is gone in the same moment.
  std::string out = "flush ruleset\ntable inet " + std::string(kTableName) + " {\n";
  for (const RuleElements& set : rules.sets) append_set(out, set);
  for (const RuleChain& chain : rules.chains) append_chain(out, chain);
  out += "}\n";
  for (const RuleElements& set : rules.sets) append_elements(out, set);
  return out;
}

}  // namespace gw::net
