#include "base/jst.h"
#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/file_check.h"
#include "cli/output.h"
#include "cli/service_profile_file.h"
#include "cli/service_profile_json.h"
#include "cli/service_profile_text.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "papers/reading.h"

namespace gw::cli {

std::optional<papers::Profile> usable_profile(const Call& call, int& code) {
  const std::string& path = call.files[0];
  const auto text = read_text(path);
  code = text ? kFailed : kInputMissing;
  if (!text) return std::nullopt;
  papers::Reading reading = papers::read_profile(*text);
  if (!reading.profile)
    complain(said(call.language, Text::profile_unusable, {report_on(path, reading.problems, call.language)}));
  return std::move(reading.profile);
}

int service_profile_check(const Call& call) {
  return check_files(call, "profiles", [](std::string_view text) {
    papers::Reading reading = papers::read_profile(text);
    return Found{std::move(reading.problems), reading.errors};
  });
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
