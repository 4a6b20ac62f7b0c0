#pragma once

#include <string>

#include "api/value.h"
#include "base/result.h"
#include "cli/words.h"

namespace gw::cli {

/// How a value of some type is written on a command line.
struct ValueForm {
  api::Type type;
  const char* word;  ///< as Option::value has it; of a role, its words are made
  Words help;
  Result<api::TypedValue> (*read)(const api::Parameter& parameter, const std::string& written);
  bool repeats = false;  ///< written once for each, and read from a line each
};
const ValueForm& form_of(api::Type type);

/// What a parameter is, by its name or else by its type.
Words words_of(const api::Parameter& parameter);
/// "ROLE", "SHA256", "true|false".
std::string value_word(const api::Parameter& parameter);
/// Whether it stands behind the verb as it is: what the path says; and the name of what is asked for where
/// the path says nothing.
bool is_operand(const api::Parameter& parameter);
/// "NAME"
std::string operand_word(const api::Parameter& parameter);
/// In English only where nobody has said it in Japanese.
Words words_of(const api::Operation& operation);

/// The value that was written, as its operation takes it. web.value with the id of a fault; file.unreadable
/// of what is read from a file, "-" being standard input.
Result<api::TypedValue> value_of(const api::Parameter& parameter, const std::string& written);

}  // namespace gw::cli
