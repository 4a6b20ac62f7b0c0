#include <unistd.h>

#include <algorithm>
#include <optional>

#include "cli/commands.h"
#include "cli/configuration_file.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/texts.h"
#include "config/diff.h"
#include "config/dump.h"
#include "model/snapshot.h"

namespace gw::cli {
namespace {

/// The compiler never opens a key; the box will, and refuse the configuration if it cannot.
std::vector<std::string> missing_keys(const std::string& path, const config::Compiled& compiled) {
  std::vector<std::string> out;
  const Input input = open_input(path);
  if (!compiled.configuration || !input) return out;
  for (const model::Wiring::Compartment& tenant : model::wiring_of(*compiled.configuration).compartments)
    for (const model::Wiring::Key& key : tenant.keys)
      if (::faccessat(input.directory.get(), key.file.c_str(), F_OK, 0) != 0) out.push_back(key.file);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string verdict(const std::string& path, const config::Compiled& compiled, Language language) {
  if (compiled.configuration) return said(language, Text::config_usable, {path});
  return said(language, compiled.errors == 1 ? Text::config_one_error : Text::config_errors,
              {path, std::to_string(compiled.errors)});
}

}  // namespace

int config_check(const Call& call) {
  const std::string& path = call.files[0];
  const auto compiled = compile_at(path);
  if (!compiled) return kInputMissing;
  std::vector<std::string> missing = missing_keys(path, *compiled);
  if (call.format == Format::json)
    print(JsonObject()
              .text("file", path)
              .flag("usable", compiled->configuration.has_value())
              .raw("problems", to_json(compiled->problems))
              .raw("missing_keys", json_texts(missing))
              .take() +
          "\n");
  else
    print(report_words(call.language, config::to_text(compiled->problems, path)) +
          verdict(path, *compiled, call.language));
  for (const std::string& key : missing) complain(said(call.language, Text::config_no_key, {path, key}));
  if (!compiled->configuration) return kFailed;
  const bool is_warned = !compiled->problems.empty() || !missing.empty();
  return call.strict && is_warned ? kWarned : kOk;
}

int config_show(const Call& call) {
  int code = kOk;
  const auto configuration = usable(call.files[0], call.language, code);
  if (!configuration) return code;
  print(call.format == Format::json ? config::dump_json(*configuration) + "\n"
                                    : config::dump(*configuration));
  return kOk;
}

int config_diff(const Call& call) {
  int code = kOk;
  const auto before = usable(call.files[0], call.language, code);
  if (!before) return code;
  const auto after = usable(call.files[1], call.language, code);
  if (!after) return code;
  const std::vector<std::string> changes = config::diff(*before, *after);
  std::string text;
  for (const std::string& line : changes) text.append(line).append("\n");
  if (call.format == Format::json)
    print(JsonObject().raw("changes", json_texts(changes)).take() + "\n");
  else
    print(text.empty() ? said(call.language, Text::config_same) : text);
  return kOk;
}

}  // namespace gw::cli
