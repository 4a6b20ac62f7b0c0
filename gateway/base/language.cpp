#include "base/language.h"

#include <cstdlib>

namespace gw {

Language language_of(std::string_view locale) {
  return locale.substr(0, 2) == "ja" ? Language::japanese : Language::english;
}

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* locale = std::getenv(name); locale != nullptr && *locale != '\0')
      return language_of(locale);
  return Language::english;
}

}  // namespace gw
