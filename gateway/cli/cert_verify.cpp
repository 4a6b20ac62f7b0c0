#include "base/clock.h"
#include "cli/cert_chain.h"
#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "pki/explanation.h"

namespace gw::cli {
namespace {

std::string side_text(const Call& call) {
  return said(call.language, call.side == Side::cloud ? Text::as_cloud : Text::as_terminal);
}

std::string line(const Call& call, Text what, std::string_view value) {
  return row_text(said(call.language, what), value, 8);
}

/// "certificate 2 of 3: CN=..."; the anchor is not in the file.
std::string place_text(const std::string& chain, int depth, Language language) {
  const auto certificates = pki::read_certificates(chain);
  const auto index = static_cast<std::size_t>(depth);
  if (!certificates || index >= certificates->size()) return said(language, Text::where_anchor);
  return said(language, Text::where_cert,
              {std::to_string(index + 1), std::to_string(certificates->size()),
               pki::describe((*certificates)[index].get()).subject});
}

std::string names_text(const pki::IdentityPtr& identity, Language language) {
  std::vector<std::string> names;
  for (const auto& name : identity->names()) names.push_back(name.value);
  return listed_or_none(names, language);
}

void tell_accepted(const Call& call, const pki::ChainVerdict& verdict) {
  if (call.format == Format::json)
    print(JsonObject()
              .flag("believed", true)
              .text("names", names_text(verdict.identity, Language::english))
              .take() +
          "\n");
  else
    print(said(call.language, Text::cert_believed,
               {call.files[0], side_text(call), names_text(verdict.identity, call.language)}));
}

void tell_refused(const Call& call, const std::string& chain, const pki::ChainVerdict& verdict) {
  if (call.format == Format::text)
    return print(said(call.language, Text::cert_refused, {call.files[0], side_text(call)}) +
                 line(call, Text::row_where, place_text(chain, verdict.finding.depth, call.language)) +
                 line(call, Text::row_ground, model::to_string(*verdict.reason)) +
                 line(call, Text::row_found, verdict.finding.words));
  const pki::Explanation why = pki::explanation_of(verdict.finding.fault, Language::english);
  print(JsonObject()
            .flag("believed", false)
            .text("where", place_text(chain, verdict.finding.depth, Language::english))
            .text("reason", model::to_string(*verdict.reason))
            .text("found", verdict.finding.words)
            .text("meaning", why.meaning)
            .text("rule", why.rule)
            .text("clinic", why.clinic)
            .text("vendor", why.vendor)
            .take() +
        "\n");
}

/// Judges and tells; the verdict, or the exit code.
std::optional<pki::ChainVerdict> tell(const Call& call, int& code) {
  const auto chain = read_text(call.files[0]);
  code = kInputMissing;
  if (!chain) return std::nullopt;
  const auto verdict = judge(call, *chain, code);
  if (!verdict) return std::nullopt;
  verdict->reason ? tell_refused(call, *chain, *verdict) : tell_accepted(call, *verdict);
  code = verdict->reason ? kFailed : kOk;
  return verdict;
}

}  // namespace

int cert_verify(const Call& call) {
  int code = kOk;
  tell(call, code);
  return code;
}

int cert_explain(const Call& call) {
  int code = kOk;
  const auto verdict = tell(call, code);
  if (!verdict || !verdict->reason || call.format == Format::json) return code;
  const pki::Explanation why = pki::explanation_of(verdict->finding.fault, call.language);
  print(line(call, Text::row_means, why.meaning) + line(call, Text::row_rule, why.rule) +
        line(call, Text::row_clinic, why.clinic) + line(call, Text::row_vendor, why.vendor));
  return code;
}

}  // namespace gw::cli
