#pragma once

#include <span>
#include <string>

#include "base/language.h"
#include "papers/questions.h"

namespace gw::cli {

/// "client certificate: required"
std::string label_of(const papers::Fact& fact, Language language);
/// What is known of a service, a line each, and where its vendor's paper says so.
std::string profile_text(const papers::Profile& profile, Language language);
/// The questionnaire, to print: numbered, with what the paper has and room for the answer. GOV-06
std::string questionnaire_text(const papers::Profile& profile, std::span<const papers::Question> questions,
                               Language language);

}  // namespace gw::cli
