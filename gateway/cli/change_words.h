#pragma once

#include <string>

#include "base/language.h"
#include "cli/change_editor.h"

namespace gw::cli {

/// A change for people, several lines; and one line of many.
std::string told(const ChangeEditor::Shown& shown, Language language);
std::string line_of(const ipc::changes::Change& change);
/// For programs: an object.
std::string to_json(const ipc::changes::Change& change);
std::string to_json(const ChangeEditor::Shown& shown);

}  // namespace gw::cli
