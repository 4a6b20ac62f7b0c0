#include "options.h"

namespace gw::supervisor {
namespace {

struct Row {
  const char* name;
  std::string& (*value)(Options& all);
};
constexpr Row kRows[] = {
    {"--config", [](Options& all) -> std::string& { return all.config; }},
    {"--run-dir", [](Options& all) -> std::string& { return all.run_dir; }},
    {"--state-dir", [](Options& all) -> std::string& { return all.state_dir; }},
    {"--packs", [](Options& all) -> std::string& { return all.packs; }},
    {"--profiles", [](Options& all) -> std::string& { return all.profiles; }},
    {"--programs", [](Options& all) -> std::string& { return all.programs; }},
    {"--log", [](Options& all) -> std::string& { return all.log; }},
    {"--tpm", [](Options& all) -> std::string& { return all.tpm; }},
    {"--token-module", [](Options& all) -> std::string& { return all.token.module; }},
    {"--token-pin", [](Options& all) -> std::string& { return all.token.pin; }},
    {"--token-data", [](Options& all) -> std::string& { return all.token.data; }},
    {"--token-environment", [](Options& all) -> std::string& { return all.token.environment; }},
};

std::string* value_of(Options& all, const std::string& name) {
  for (const Row& row : kRows)
    if (name == row.name) return &row.value(all);
  return nullptr;
}

Error malformed(std::string what) { return {ErrorCode::text_malformed, std::move(what)}; }

Result<> check(const TokenOptions& token) {
  const bool is_whole = token.module.empty() == token.pin.empty();
  if (!is_whole) return malformed("--token-module and --token-pin belong together");
  if (token.module.empty() && !(token.data + token.environment).empty())
    return malformed("there is no token without --token-module");
  return Done{};
}

}  // namespace

Result<Options> parse_options(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--here") {
      options.here = true;
      continue;
    }
    std::string* const value = value_of(options, arguments[i]);
    if (value == nullptr) return malformed("unknown option " + arguments[i]);
    if (++i == arguments.size()) return malformed(arguments[i - 1] + " needs a value");
    *value = arguments[i];
  }
  if (options.config.empty()) return malformed("--config is missing");
  GW_TRY(check(options.token));
  return options;
}

const char* usage() {
  return "usage: sekisho-supervisor --config FILE [--run-dir DIR] [--state-dir DIR] [--programs DIR] [--packs "
         "DIR] [--profiles DIR] [--log FILE] [--tpm PATH]\n"
         "       [--token-module FILE --token-pin FILE [--token-data DIR] [--token-environment NAME=VALUE]] "
         "[--here]\n";
}

}  // namespace gw::supervisor
