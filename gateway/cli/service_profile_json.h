#pragma once

#include <span>
#include <string>

#include "papers/questions.h"

namespace gw::cli {

/// The same as service_profile_text.h has for people, one line each, in both languages where it has words.
std::string profile_json(const papers::Profile& profile);
std::string questionnaire_json(const papers::Profile& profile, std::span<const papers::Question> questions);

}  // namespace gw::cli
