#include "net/rule_text.h"

namespace gw::net {
namespace {

/// nft 1.0.6 swaps the bytes of an element's account where a set's elements run over into a second netlink
/// message (64 KiB). So many surely fit into one.
constexpr std::size_t kElementsAtOnce = 256;

void append_set(std::string& out, const RuleElements& set) {
  out += "\tset " + set.name + " {\n\t\ttype " + set.type + "\n";
  if (set.lookup == Lookup::interval) out += "\t\tflags interval\n";
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
  const std::string policy = chain.policy == Policy::drop ? "drop" : "accept";
  out += "\tchain " + chain.name + " {\n\t\ttype filter hook " + chain.hook + " priority " +
         std::to_string(chain.priority) + "; policy " + policy + ";\n";
  for (const std::string& rule : chain.rules) out += "\t\t" + rule + "\n";
  out += "\t}\n";
}

}  // namespace

std::string to_text(const RuleSet& rules) {
  const std::string table = "table inet " + std::string(kTableName);
  // "add" makes "delete" succeed the first time; all of it is one transaction.
  std::string out = "add " + table + "\ndelete " + table + "\n" + table + " {\n";
  for (const RuleElements& set : rules.sets) append_set(out, set);
  for (const RuleChain& chain : rules.chains) append_chain(out, chain);
  out += "}\n";
  for (const RuleElements& set : rules.sets) append_elements(out, set);
  return out;
}

}  // namespace gw::net
