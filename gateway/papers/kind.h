#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/wording.h"

namespace gw::papers {

/// What the value of a fact looks like.
enum class Kind : std::uint8_t {
  words,        ///< at most kMostCharacters, never a sentence out of the paper
  yes_no,       ///< yes, no
  whether,      ///< yes, no, optional
  number,       ///< 1 to 10000, without a unit
  unit,         ///< 世代 (generations) or 日 (days): they are not the same. BAK-06
  span,         ///< "72 h"
  anchor,       ///< 発生 (occurrence) or 検知 (detection). INC-01
  day,          ///< 2024-05-24
  mode,         ///< how the box carries the service's sessions. NET-07
  party,        ///< vendor, customer, carrier, supplier
  host,         ///< a host name
  port,         ///< "443/tcp"
  tls_version,  ///< TLS1.2, TLS1.3
  certification,
  guideline,
  role,  ///< what somebody is, not who
  telephone,
  mail,
  web_page,  ///< https
};

/// What is said of a value besides its place.
enum class Extra : std::uint8_t {
  none,
  confirmed,   ///< by the vendor: a paper that prints a name does not say that terminals connect to it
  until,       ///< the last day of a certification, if the paper has it
  superseded,  ///< whether a later edition is in force
};
Extra extra_of(Kind kind);

inline constexpr std::size_t kMostCharacters = 60;

/// The value as it is kept. The error's detail says what to write instead.
Result<std::string> check_value(Kind kind, std::string_view text);
/// A value that was checked, for people.
std::string value_text(Kind kind, std::string_view value, Language language);

/// One line of at most `most` characters that says something.
Result<std::string> check_words(std::string_view text, std::size_t most = kMostCharacters);

}  // namespace gw::papers
