#include "config/dump.h"

#include "config/keys_of.h"
#include "config/tree.h"

namespace gw::config {

std::string dump(const model::Configuration& configuration) {
  RootKeys keys = keys_of(configuration, TerminalStyle::as_written);
  return to_yaml(tree_of(keys));
}

std::string dump_json(const model::Configuration& configuration) {
  RootKeys keys = keys_of(configuration, TerminalStyle::each_by_name);
  return to_json(tree_of(keys));
}

}  // namespace gw::config
