#pragma once

#include <string>

#include "base/language.h"

namespace gw::cli {

/// A report of the box's compiler, which was handed a text and does not know what file it came from, for
/// whoever reads this language.
std::string report_about(const std::string& path, const std::string& report, Language language);
/// The same of one that knows its file.
std::string report_words(Language language, const std::string& report);

}  // namespace gw::cli
