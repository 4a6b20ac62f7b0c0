#pragma once

#include <string>
#include <string_view>

#include "api/json_tree.h"
#include "base/result.h"
#include "bundle/pseudonyms.h"

namespace gw::bundle {

enum class Mode : bool {
  ordinary,
  strict,  ///< times to the minute, and nothing that people wrote
};

/// Makes texts of the box such that its vendor may read them: names that are known, addresses, host names and
/// file names have pseudonyms, PEM and long keys are gone. What is neither known nor of a form stays: a
/// stranger's name in a sentence that somebody wrote is only gone in strict mode. One thread.
class Redactor {
 public:
  /// Outlives it.
  Redactor(Pseudonyms& pseudonyms, Mode mode) : pseudonyms_(pseudonyms), mode_(mode) {}

  Mode mode() const { return mode_; }
  /// A text of whatever form.
  std::string text(std::string_view text);
  /// An answer of the API, or a record, by members.def. What its members name is known from then on, also in
  /// the texts in front of them.
  std::string json(const api::JsonTree& tree);
  /// web.malformed.
  Result<std::string> json(std::string_view document);

 private:
  void learn(const api::JsonTree& tree, std::string_view member);
  void put(std::string& out, const api::JsonTree& tree, std::string_view member);
  std::string value(std::string_view text, std::string_view member);
  std::string words(std::string_view text);
  std::string token(std::string_view token);
  std::string word(std::string_view word);
  std::string parts(std::string_view token);
  std::string name(std::string_view name);
  std::string rest(std::string_view rest);

  Pseudonyms& pseudonyms_;
  Mode mode_;
};

/// What stands where something was.
inline constexpr std::string_view kGone = "(removed)";

}  // namespace gw::bundle
