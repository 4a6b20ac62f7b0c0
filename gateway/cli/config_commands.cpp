#include <cerrno>
#include <optional>
#include <system_error>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/output.h"
#include "config/compile.h"
#include "config/diff.h"
#include "config/dump.h"

namespace gw::cli {
namespace {

/// A first generation, for a configuration that is looked at only.
constexpr model::Generation kLookedAt{1};

std::optional<config::Compiled> compile(const std::string& path) {
  const Input input = open_input(path);
  if (!input) {
    complain(path + ": " + std::generic_category().message(errno));
    return std::nullopt;
  }
  const auto reader = config::reader_beneath(input.directory.get());
  return config::compile_file(input.file.get(), {reader, system_clock().civil_now(), kLookedAt});
}

/// The configuration in a file; otherwise says what is wrong with it and sets the exit code.
std::optional<model::Configuration> usable(const std::string& path, int& code) {
  auto compiled = compile(path);
  code = compiled ? kFailed : kInputMissing;
  if (!compiled) return std::nullopt;
  if (!compiled->configuration)
    complain("the configuration is not usable\n" + config::to_text(compiled->problems, path));
  return std::move(compiled->configuration);
}

std::string verdict(const std::string& path, const config::Compiled& compiled) {
  if (compiled.configuration) return path + ": usable\n";
  return path + ": " + std::to_string(compiled.errors) + (compiled.errors == 1 ? " error\n" : " errors\n");
}

}  // namespace

int config_check(const Call& call) {
  const std::string& path = call.files[0];
  const auto compiled = compile(path);
  if (!compiled) return kInputMissing;
  if (call.format == Format::json)
    print(JsonObject()
              .text("file", path)
              .flag("usable", compiled->configuration.has_value())
              .raw("problems", to_json(compiled->problems))
              .take() +
          "\n");
  else
    print(config::to_text(compiled->problems, path) + verdict(path, *compiled));
  return compiled->configuration ? kOk : kFailed;
}

int config_show(const Call& call) {
  int code = kOk;
  const auto configuration = usable(call.files[0], code);
  if (!configuration) return code;
  print(call.format == Format::json ? config::dump_json(*configuration) + "\n"
                                    : config::dump(*configuration));
  return kOk;
}

int config_diff(const Call& call) {
  int code = kOk;
  const auto before = usable(call.files[0], code);
  if (!before) return code;
  const auto after = usable(call.files[1], code);
  if (!after) return code;
  std::vector<std::string> json;
  std::string text;
  for (const std::string& line : config::diff(*before, *after)) {
    append_json_string(json.emplace_back(), line);
    text.append(line).append("\n");
  }
  if (call.format == Format::json)
    print(JsonObject().raw("changes", json_list(json)).take() + "\n");
  else
    print(text.empty() ? "nothing changes\n" : text);
  return kOk;
}

}  // namespace gw::cli
