#include "cli/configuration_file.h"

#include <cerrno>
#include <system_error>

#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

/// A first generation, for a configuration that is looked at only.
constexpr model::Generation kLookedAt{1};

}  // namespace

std::optional<config::Compiled> compile_at(const std::string& path) {
  const Input input = open_input(path);
  if (!input) {
    complain(path + ": " + std::generic_category().message(errno));
    return std::nullopt;
  }
  const auto reader = config::reader_beneath(input.directory.get());
  return config::compile_file(input.file.get(), {reader, system_clock().civil_now(), kLookedAt});
}

std::optional<model::Configuration> usable(const std::string& path, Language language, int& code) {
  auto compiled = compile_at(path);
  code = compiled ? kFailed : kInputMissing;
  if (!compiled) return std::nullopt;
  if (!compiled->configuration)
    complain(said(language, Text::config_unusable,
                  {report_words(language, config::to_text(compiled->problems, path))}));
  return std::move(compiled->configuration);
}

}  // namespace gw::cli
