#include "cli/file_check.h"

#include <algorithm>

#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/text_file.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

std::string verdict_text(const std::string& path, const Found& found, Language language) {
  if (found.errors == 0) return said(language, Text::config_usable, {path});
  return said(language, found.errors == 1 ? Text::config_one_error : Text::config_errors,
              {path, std::to_string(found.errors)});
}

std::string verdict_json(const std::string& path, const Found& found) {
  return JsonObject()
      .text("file", path)
      .flag("usable", found.errors == 0)
      .raw("problems", to_json(found.problems))
      .take();
}

}  // namespace

std::string report_on(const std::string& path, const std::vector<config::Problem>& problems,
                      Language language) {
  return report_words(language, config::to_text(problems, path));
}

int check_files(const Call& call, std::string_view key, const std::function<Found(std::string_view)>& read) {
  int code = kOk;
  std::vector<std::string> verdicts;
  for (const std::string& path : call.files) {
    const auto text = read_text(path);
    if (!text) {
      code = kInputMissing;
      continue;
    }
    const Found found = read(*text);
    if (found.errors > 0) code = std::max<int>(code, kFailed);
    verdicts.push_back(call.format == Format::json ? verdict_json(path, found)
                                                   : report_on(path, found.problems, call.language) +
                                                         verdict_text(path, found, call.language));
  }
  if (call.format == Format::json)
    print(JsonObject().raw(key, json_list(verdicts)).take() + "\n");
  else
    for (const std::string& verdict : verdicts) print(verdict);
  return code;
}

}  // namespace gw::cli
