#include "papers/kind.h"

#include <algorithm>

#include "base/text.h"
#include "config/value.h"
#include "papers/choices.h"

namespace gw::papers {
namespace {

constexpr std::uint32_t kMostBackups = 10'000;
constexpr config::Milliseconds kShortest = std::chrono::minutes{1};
constexpr config::Milliseconds kLongest = std::chrono::days{400};

Error malformed(std::string_view text, const char* instead) {
  return {ErrorCode::config_value_format, config::in_quotes(text) + " " + instead};
}

Result<std::string> check_line(std::string_view text) { return check_words(text); }

Result<std::string> check_count(std::string_view text) {
  GW_TRY(const std::uint32_t number, config::check_number(text, 1, kMostBackups));
  return std::to_string(number);
}

/// Stays as it is written: 72 hours and three days are the same span, and not the same promise.
Result<std::string> check_duration(std::string_view text) {
  GW_TRY(config::check_span(text, kShortest, kLongest, kShortest));
  return std::string(text);
}

Result<std::string> check_day(std::string_view text) {
  GW_TRY(config::Date::parse(text));
  return std::string(text);
}

Result<std::string> check_port(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view protocol = slash == std::string_view::npos ? "" : text.substr(slash + 1);
  if (protocol != "tcp" && protocol != "udp")
    return malformed(text, "is no port: write number and protocol, such as `443/tcp`");
  GW_TRY(config::Port::parse(text.substr(0, slash)));
  return std::string(text);
}

/// "代表取締役社長 山田": what stands behind a blank is a person's name.
bool has_name_behind(std::string_view text) {
  constexpr std::string_view kWideBlank = "\u3000";
  if (text.find(kWideBlank) != std::string_view::npos) return true;
  for (std::size_t at = text.find(' '); at != std::string_view::npos; at = text.find(' ', at + 1))
    if (at > 0 && static_cast<unsigned char>(text[at - 1]) >= 0x80) return true;
  return false;
}

Result<std::string> check_role(std::string_view text) {
  if (has_name_behind(text))
    return malformed(text, "is more than a role: write what somebody is in one word, and nobody's name");
  return check_words(text);
}

Result<std::string> check_telephone(std::string_view text) {
  const std::string_view number = text.starts_with('+') ? text.substr(1) : text;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto fits = [&](char c) { return is_digit(c) || c == '-'; };
  const auto digits = std::ranges::count_if(number, is_digit);
  const bool formed = std::ranges::all_of(number, fits) && digits >= 9 && digits <= 15 && text.size() <= 20 &&
                      is_digit(number.front()) && is_digit(number.back());
  if (!formed)
    return malformed(text, "is no telephone number: write digits and hyphens, such as `03-1234-5678`");
  return std::string(text);
}

Result<std::string> check_mail(std::string_view text) {
  const auto checked = config::check_email(text);
  if (!checked) return malformed(text, "is no mail address: write the company's, such as `desk@emr.example`");
  return *checked;
}

Result<std::string> check_web_page(std::string_view text) {
  if (!text.starts_with("https://") || !config::check_uri(text))
    return malformed(text, "is no page: write its URL, such as `https://emr.example/contact`");
  return std::string(text);
}

struct Row {
  Kind kind;
  Extra extra;
  Result<std::string> (*check)(std::string_view text);
  std::span<const Choice> choices{};  ///< in the place of a check
};

constexpr Row kRows[] = {
    {Kind::words, Extra::none, check_line},
    {Kind::yes_no, Extra::none, nullptr, kYesNo},
    {Kind::whether, Extra::none, nullptr, kWhether},
    {Kind::number, Extra::none, check_count},
    {Kind::unit, Extra::none, nullptr, kUnits},
    {Kind::span, Extra::none, check_duration},
    {Kind::anchor, Extra::none, nullptr, kAnchors},
    {Kind::day, Extra::none, check_day},
    {Kind::mode, Extra::confirmed, nullptr, kModes},
    {Kind::party, Extra::none, nullptr, kParties},
    {Kind::host, Extra::confirmed, config::check_host_name},
    {Kind::port, Extra::confirmed, check_port},
    {Kind::tls_version, Extra::none, nullptr, kTlsVersions},
    {Kind::certification, Extra::until, check_line},
    {Kind::guideline, Extra::superseded, check_line},
    {Kind::role, Extra::none, check_role},
    {Kind::telephone, Extra::none, check_telephone},
    {Kind::mail, Extra::none, check_mail},
    {Kind::web_page, Extra::none, check_web_page},
};
const Row& row(Kind kind) { return kRows[static_cast<std::size_t>(kind)]; }

constexpr Choice kSpanUnits[] = {
    {" min", {" 分", " minutes"}}, {" h", {" 時間", " hours"}}, {" d", {" 日", " days"}}};

std::string span_for_people(std::string_view value, Language language) {
  for (const Choice& unit : kSpanUnits)
    if (value.ends_with(unit.value))
      return std::string(value.substr(0, value.size() - unit.value.size())) +
             std::string(unit.shown.in(language));
  return std::string(value);
}

}  // namespace

Extra extra_of(Kind kind) { return row(kind).extra; }

Result<std::string> check_value(Kind kind, std::string_view text) {
  const Row& found = row(kind);
  if (found.check != nullptr) return found.check(text);
  if (config::find_word(found.choices, text) == nullptr) return config::no_word_of(found.choices, text);
  return std::string(text);
}

std::string value_text(Kind kind, std::string_view value, Language language) {
  if (kind == Kind::span) return span_for_people(value, language);
  const Choice* choice = config::find_word(row(kind).choices, value);
  return std::string(choice == nullptr ? value : choice->shown.in(language));
}

Result<std::string> check_words(std::string_view text, std::size_t most) {
  return config::check_line(text, most);
}

}  // namespace gw::papers
