#include "base/clock.h"
#include "cli/cert_chain.h"
#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/text_file.h"
#include "pki/explanation.h"

namespace gw::cli {
namespace {

const char* side_text(const Call& call) { return call.side == Side::cloud ? "a cloud's" : "a terminal's"; }

std::string line(std::string_view what, std::string_view value) {
  std::string out = "  " + std::string(what);
  out.resize(10, ' ');
  return out.append(value).append("\n");
}

/// "certificate 2 of 3: CN=..."; the anchor is not in the file.
std::string place_text(const std::string& chain, int depth) {
  const auto certificates = pki::read_certificates(chain);
  const auto index = static_cast<std::size_t>(depth);
  if (!certificates || index >= certificates->size()) return "the trusted authority above the chain";
  return "certificate " + std::to_string(index + 1) + " of " + std::to_string(certificates->size()) + ": " +
         pki::describe((*certificates)[index].get()).subject;
}

std::string names_text(const pki::IdentityPtr& identity) {
  std::vector<std::string> names;
  for (const auto& name : identity->names()) names.push_back(name.value);
  return listed_or_none(names);
}

void tell_accepted(const Call& call, const pki::ChainVerdict& verdict) {
  if (call.format == Format::json)
    print(JsonObject().flag("believed", true).text("names", names_text(verdict.identity)).take() + "\n");
  else
    print(call.files[0] + " is believed as " + side_text(call) + ": " + names_text(verdict.identity) + "\n");
}

void tell_refused(const Call& call, const std::string& chain, const pki::ChainVerdict& verdict) {
  if (call.format == Format::text)
    return print(call.files[0] + " is refused as " + side_text(call) + "\n" +
                 line("where", place_text(chain, verdict.finding.depth)) +
                 line("reason", model::to_string(*verdict.reason)) + line("found", verdict.finding.words));
  const pki::Explanation& why = pki::explanation_of(verdict.finding.fault);
  print(JsonObject()
            .flag("believed", false)
            .text("where", place_text(chain, verdict.finding.depth))
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
  const pki::Explanation& why = pki::explanation_of(verdict->finding.fault);
  print(line("means", why.meaning) + line("rule", why.rule) + line("clinic", why.clinic) +
        line("vendor", why.vendor));
  return code;
}

}  // namespace gw::cli
