#include "net/rule_text.h"

namespace gw::net {
namespace {

void append_set(std::string& out, const RuleElements& set) {
  out += "\tset " + set.name + " {\n\t\ttype " + set.type + "\n";
  if (set.lookup == Lookup::interval) out += "\t\tflags interval\n";
  if (!set.elements.empty()) {
    out += "\t\telements = {\n";
    for (const std::string& element : set.elements) out += "\t\t\t" + element + ",\n";
    out += "\t\t}\n";
  }
  out += "\t}\n";
}

void append_chain(std::string& out, const RuleChain& chain) {
  const std::string policy = chain.policy == Policy::drop ? "drop" : "accept";
  out += "\tchain " + chain.name + " {\n\t\ttype filter hook " + chain.hook + " priority " +
         std::to_string(chain.priority) + "; policy " + policy + ";\n";
  for (const std::string& rule : chain.rules) out += "\t\t" + rule + "\n";
  out += "\t}\n";
}

}  // namespace

std::string to_text(const RuleSet& rules) {
  const std::string table = "table inet " + std::string(kTableName);
  // "add" makes "delete" succeed the first time; all three are one transaction.
  std::string out = "add " + table + "\ndelete " + table + "\n" + table + " {\n";
  for (const RuleElements& set : rules.sets) append_set(out, set);
  for (const RuleChain& chain : rules.chains) append_chain(out, chain);
  return out + "}\n";
}

}  // namespace gw::net
