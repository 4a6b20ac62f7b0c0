#include "cli/options.h"

#include "base/text.h"
#include "cli/when.h"
#include "model/change_state.h"
#include "model/cut.h"

namespace gw::cli {
namespace {

constexpr std::uint64_t kMostListed = 1'000;

bool set_format(Call& call, std::string_view value) {
  call.format = value == "json" ? Format::json : Format::text;
  return true;
}

bool set_form(Call& call, std::string_view value) {
  call.form = value == "csv" ? ExportForm::csv : ExportForm::chain;
  return true;
}

bool set_class(Call& call, std::string_view value) {
  call.record_class = model::parse_record_class(value);
  return call.record_class.has_value();
}

bool set_years(Call& call, std::string_view value) {
  call.years = 0;
  if (value == "never") return true;
  const auto number = parse_decimal(value);
  const bool fits = number && *number <= model::KeptFor::kMost &&
                    model::KeptFor::years(static_cast<std::uint32_t>(*number));
  if (fits) call.years = static_cast<std::uint32_t>(*number);
  return fits;
}

bool set_language(Call& call, std::string_view value) {
  call.language = language_of(value);
  return true;
}

bool set_side(Call& call, std::string_view value) {
  call.side = value == "cloud" ? Side::cloud : Side::terminal;
  return true;
}

bool set_strict(Call& call, std::string_view) {
  call.strict = true;
  return true;
}

/// An option that is text as it stands.
template <std::string Call::*text>
bool set_text(Call& call, std::string_view value) {
  call.*text = value;
  return !value.empty();
}

/// As the tools print it: with colons or without, in either case.
bool set_certificate(Call& call, std::string_view value) {
  call.certificate.clear();
  for (const char c : value)
    if (c != ':') call.certificate.push_back(c);
  call.certificate = to_lower(call.certificate);
  return model::is_fingerprint(call.certificate);
}

bool set_part(Call& call, std::string_view) {
  call.part = true;
  return true;
}

bool set_signer(Call& call, std::string_view value) {
  call.signer = to_lower(value);
  return model::is_fingerprint(call.signer);
}

/// A word that records are looked for by.
template <std::string model::RecordQuery::*word>
bool set_word(Call& call, std::string_view value) {
  call.query.*word = value;
  return !value.empty() && value.size() <= model::kMostRecordWord;
}

template <std::chrono::milliseconds model::RecordQuery::*moment>
bool set_moment(Call& call, std::string_view value) {
  const auto when = parse_when(value);
  if (when) call.query.*moment = *when;
  return when && when->count() > 0;
}

bool set_last(Call& call, std::string_view value) {
  const auto number = parse_decimal(value);
  const bool fits = number && *number >= 1 && *number <= kMostListed;
  if (fits) call.last = static_cast<std::uint32_t>(*number);
  return fits;
}

/// "90 s", "90s", "5 min".
bool set_within(Call& call, std::string_view value) {
  const auto span = parse_span(value);
  if (span) call.within = *span;
  return span && model::ChangeWindow::kLeast <= *span && *span <= model::ChangeWindow::kMost;
}

struct Row {
  const char* name;
  const char* value;
  bool (*set)(Call& call, std::string_view value);
  const char* japanese;
  const char* english;
};
constexpr Row kRows[] = {
#define GW_OPTION(id, name, value, setter, japanese, english) {name, value, setter, japanese, english},
#include "cli/options.def"
#undef GW_OPTION
};

}  // namespace

Option option(OptionId id) {
  const Row& row = kRows[static_cast<std::size_t>(id)];
  return {row.name, row.value, {row.japanese, row.english}, row.set};
}

std::vector<Option> options(std::initializer_list<OptionId> ids) {
  std::vector<Option> out;
  for (const OptionId id : ids) out.push_back(option(id));
  out.push_back(option(OptionId::output));
  out.push_back(option(OptionId::lang));
  return out;
}

std::vector<Option> options_needing(OptionId id) {
  std::vector<Option> out = options({id});
  out.front().is_needed = true;
  return out;
}

}  // namespace gw::cli
