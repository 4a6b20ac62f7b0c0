#pragma once

#include <string>

#include "api/answer.h"
#include "api/json_tree.h"
#include "base/language.h"

namespace gw::cli {

/// An answer of the API for people, by its row in api/answers.def alone: a table for what is a list, a line
/// for each member of an object, and a code to scan for an authenticator app. Times are Japan's.
/// `has_colours`: the terminal shows black on white when told to.
std::string answer_text(api::AnswerId answer, const api::JsonTree& tree, Language language, bool has_colours);

}  // namespace gw::cli
