#include "options.h"

namespace gw::supervisor {
namespace {

struct Row {
  const char* name;
  std::string Options::*value;
};
constexpr Row kRows[] = {
    {"--config", &Options::config},
    {"--run-dir", &Options::run_dir},
    {"--state-dir", &Options::state_dir},
    {"--programs", &Options::programs},
    {"--log", &Options::log},
    {"--tpm", &Options::tpm},
};

std::string Options::*value_of(const std::string& name) {
  for (const Row& row : kRows)
    if (name == row.name) return row.value;
  return nullptr;
}

}  // namespace

Result<Options> parse_options(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--here") {
      options.here = true;
      continue;
    }
    std::string Options::*const value = value_of(arguments[i]);
    if (value == nullptr) return Error{ErrorCode::text_malformed, "unknown option " + arguments[i]};
    if (++i == arguments.size()) return Error{ErrorCode::text_malformed, arguments[i - 1] + " needs a value"};
    options.*value = arguments[i];
  }
  if (options.config.empty()) return Error{ErrorCode::text_malformed, "--config is missing"};
  return options;
}

const char* usage() {
  return "usage: sekisho-supervisor --config FILE [--run-dir DIR] [--state-dir DIR] [--programs DIR] [--log "
         "FILE] [--tpm PATH] [--here]\n";
}

}  // namespace gw::supervisor
