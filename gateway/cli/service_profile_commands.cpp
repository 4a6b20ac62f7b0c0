#include <algorithm>

#include "base/jst.h"
#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/service_profile_json.h"
#include "cli/service_profile_text.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "papers/reading.h"

namespace gw::cli {
namespace {

std::string verdict_on(const std::string& path, const papers::Reading& reading, Language language) {
  if (reading.profile) return said(language, Text::config_usable, {path});
  return said(language, reading.errors == 1 ? Text::config_one_error : Text::config_errors,
              {path, std::to_string(reading.errors)});
}

std::string verdict_json(const std::string& path, const papers::Reading& reading) {
  return JsonObject()
      .text("file", path)
      .flag("usable", reading.profile.has_value())
      .raw("problems", to_json(reading.problems))
      .take();
}

std::string report_of(const std::string& path, const papers::Reading& reading, Language language) {
  return report_words(language, config::to_text(reading.problems, path));
}

/// The profile in the file that was named; otherwise says what is wrong with it and sets the exit code.
std::optional<papers::Profile> usable_profile(const Call& call, int& code) {
  const std::string& path = call.files[0];
  const auto text = read_text(path);
  code = text ? kFailed : kInputMissing;
  if (!text) return std::nullopt;
  papers::Reading reading = papers::read_profile(*text);
  if (!reading.profile)
    complain(said(call.language, Text::profile_unusable, {report_of(path, reading, call.language)}));
  return std::move(reading.profile);
}

}  // namespace

int service_profile_check(const Call& call) {
  int code = kOk;
  std::vector<std::string> verdicts;
  for (const std::string& path : call.files) {
    const auto text = read_text(path);
    if (!text) {
      code = kInputMissing;
      continue;
    }
    const papers::Reading reading = papers::read_profile(*text);
    if (!reading.profile) code = std::max<int>(code, kFailed);
    verdicts.push_back(call.format == Format::json ? verdict_json(path, reading)
                                                   : report_of(path, reading, call.language) +
                                                         verdict_on(path, reading, call.language));
  }
  if (call.format == Format::json)
    print(JsonObject().raw("profiles", json_list(verdicts)).take() + "\n");
  else
    for (const std::string& verdict : verdicts) print(verdict);
  return code;
}

int service_profile_show(const Call& call) {
  int code = kOk;
  const auto profile = usable_profile(call, code);
  if (!profile) return code;
  print(call.format == Format::json ? profile_json(*profile) + "\n" : profile_text(*profile, call.language));
  return kOk;
}

int service_profile_questions(const Call& call) {
  int code = kOk;
  const auto profile = usable_profile(call, code);
  if (!profile) return code;
  const auto questions = papers::questions_of(*profile, jst_day_of(civil_now()));
  print(call.format == Format::json ? questionnaire_json(*profile, questions) + "\n"
                                    : questionnaire_text(*profile, questions, call.language));
  return kOk;
}

}  // namespace gw::cli
