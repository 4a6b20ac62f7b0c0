// Paper and observation side by side (NET-06).

#include <algorithm>

#include "api/json_tree.h"
#include "base/json.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/service_profile_file.h"
#include "cli/service_profile_text.h"
#include "cli/texts.h"
#include "papers/comparison.h"
#include "sys/durable_file.h"

namespace gw::cli {
namespace {

using api::JsonTree;
using papers::Compared;

constexpr std::size_t kMostDocument = 16u << 20;
constexpr std::string_view kFormat = "sekisho.evidence/1";
constexpr std::string_view kColumns[] = {"tenant", "service", "what", "observed"};

/// In the order of Compared::Outcome.
constexpr Text kOutcomes[] = {Text::compare_same, Text::compare_differs, Text::compare_silent,
                              Text::compare_not_observed};
constexpr std::string_view kOutcomeIds[] = {"same", "differs", "paper_silent", "not_observed"};

/// "tenant/service"
using Observations = std::map<std::string, papers::Observation>;

const JsonTree& member(const JsonTree& tree, std::string_view name) {
  static const JsonTree kNothing;
  const JsonTree* found = tree.find(name);
  return found == nullptr ? kNothing : *found;
}

bool has_columns(const JsonTree& table) {
  const JsonTree& columns = member(table, "columns");
  return std::ranges::equal(columns.items, kColumns, [](const JsonTree& one, std::string_view name) {
    return member(one, "en").text == name;
  });
}

void add_row(Observations& out, const JsonTree& row) {
  if (row.items.size() != std::size(kColumns)) return;
  papers::Observation& of = out[row.items[0].text + "/" + row.items[1].text];
  for (int i = 0; i <= static_cast<int>(model::EndpointFact::chain); ++i)
    if (const auto fact = static_cast<model::EndpointFact>(i); model::words_of(fact) == row.items[2].text)
      of[fact] = row.items[3].text;
}

/// Those of the finding tls.endpoints; nothing: this is no evidence.
std::optional<Observations> observations_in(const JsonTree& document) {
  if (member(document, "format").text != kFormat) return std::nullopt;
  Observations out;
  for (const JsonTree& finding : member(document, "findings").items) {
    const JsonTree& table = member(finding, "table");
    if (member(finding, "fact").text != "tls.endpoints" || !has_columns(table)) continue;
    for (const JsonTree& row : member(table, "rows").items) add_row(out, row);
  }
  return out;
}

std::optional<Observations> read_observations(const Call& call, int& code) {
  const std::string& path = call.files[1];
  code = kInputMissing;
  const auto octets = sys::read_kept(path, kMostDocument);
  if (!octets || octets->empty()) {
    complain(said(call.language, Text::compare_unreadable, {path}));
    return std::nullopt;
  }
  code = kFailed;
  const auto tree = api::read_json(as_text(*octets));
  auto seen = tree ? observations_in(*tree) : std::nullopt;
  if (!seen) complain(said(call.language, Text::compare_no_evidence, {path, std::string(kFormat)}));
  return seen;
}

/// The one that was named, or the only one; otherwise says which there are.
const Observations::value_type* chosen(const Call& call, const Observations& seen, int& code) {
  const bool is_named = call.files.size() > 2;
  const auto found = is_named ? seen.find(call.files[2]) : seen.begin();
  if (found != seen.end() && (is_named || seen.size() == 1)) return &*found;
  std::string names;
  for (const auto& [name, cells] : seen) names += " " + plain(name);
  code = kFailed;
  complain(said(call.language, Text::compare_which, {call.files[1], names.empty() ? " -" : names}));
  return nullptr;
}

std::string stated_text(const Compared& one, Language language) {
  if (one.stated.empty()) return said(language, Text::profile_unknown);
  const papers::Fact& fact = papers::fact(one.about);
  return plain(fact.multitude == papers::Multitude::several
                   ? one.stated
                   : papers::value_text(fact.kind, one.stated, language));
}

std::string as_text_of(const std::vector<Compared>& all, const std::string& service, Language language) {
  std::vector<std::vector<std::string>> rows{
      {said(language, Text::profile_key), said(language, Text::compare_stated),
       said(language, Text::compare_observed), said(language, Text::compare_outcome)}};
  for (const Compared& one : all)
    rows.push_back({label_of(papers::fact(one.about), language), stated_text(one, language),
                    one.observed.empty() ? "-" : plain(one.observed),
                    said(language, kOutcomes[static_cast<std::size_t>(one.outcome)])});
  return said(language, Text::compare_head, {plain(service)}) + table_of(rows);
}

std::string as_json_of(const std::vector<Compared>& all, const papers::Profile& profile,
                       const std::string& service) {
  std::vector<std::string> rows;
  for (const Compared& one : all)
    rows.push_back(JsonObject()
                       .text("key", papers::fact(one.about).name())
                       .text("stated", one.stated)
                       .text("observed", one.observed)
                       .text("outcome", kOutcomeIds[static_cast<std::size_t>(one.outcome)])
                       .take());
  return JsonObject()
             .text("profile", profile.name)
             .text("service", service)
             .raw("rows", json_list(rows))
             .take() +
         "\n";
}

}  // namespace

int service_profile_compare(const Call& call) {
  int code = kOk;
  const auto profile = usable_profile(call, code);
  if (!profile) return code;
  const auto seen = read_observations(call, code);
  if (!seen) return code;
  const Observations::value_type* one = chosen(call, *seen, code);
  if (one == nullptr) return code;
  const std::vector<Compared> all = papers::compare(*profile, one->second);
  print(call.format == Format::json ? as_json_of(all, *profile, one->first)
                                    : as_text_of(all, one->first, call.language));
  const bool differs = std::ranges::any_of(
      all, [](const Compared& each) { return each.outcome == Compared::Outcome::differs; });
  return differs ? kFailed : kOk;
}

}  // namespace gw::cli
