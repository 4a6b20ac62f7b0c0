#include "model/proof_text.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/proof_tally.h"

namespace gw::model {
namespace {

using Outcome = ProofCase::Outcome;
constexpr Outcome kOutcomes[] = {Outcome::held, Outcome::broken, Outcome::unproven};

std::string time_of(std::chrono::milliseconds since_1970) { return to_timestamp(CivilTime(since_1970)); }

void append_member(std::string& out, std::string_view key, std::string_view text) {
  out.append(out.back() == '{' ? "\"" : ",\"").append(key).append("\":");
  append_json_string(out, text);
}
void append_member(std::string& out, std::string_view key, std::uint64_t number) {
  out.append(",\"").append(key).append("\":").append(std::to_string(number));
}

std::string to_json(const ProofCase& one) {
  std::string out = "{";
  append_member(out, "way", one.way);
  append_member(out, "place", one.place);
  if (!one.tenant.empty()) append_member(out, "tenant", one.tenant);
  append_member(out, "tried", one.tried);
  append_member(out, "outcome", to_string(one.outcome));
  append_member(out, "evidence", one.evidence);
  return out + "}";
}

std::string labels_of(const ProofGroup& group, std::string_view outcome) {
  return "{way=\"" + group.way + "\",place=\"" + group.place + "\",tenant=\"" + group.tenant +
         "\",outcome=\"" + std::string(outcome) + "\"}";
}

}  // namespace

std::string to_json(const Proof& proof) {
  std::string out = "{";
  append_member(out, "format", "sekisho.isolation-proof/1");
  append_member(out, "site", proof.site);
  append_member(out, "generation", proof.generation.number());
  append_member(out, "began", time_of(proof.began));
  append_member(out, "ended", time_of(proof.ended));
  for (const Outcome outcome : kOutcomes) append_member(out, to_string(outcome), count(proof, outcome));
  out.append(",\"cases\":[");
  for (const ProofCase& one : proof.cases)
    out.append(&one == &proof.cases.front() ? "\n" : ",\n").append(to_json(one));
  return out + "\n]}\n";
}

std::string to_metrics(const Proof& proof) {
  std::string out =
      "# TYPE sekisho_isolation_cases gauge\n# HELP sekisho_isolation_cases Things that must not work, tried "
      "on the running "
      "box.\n";
  for (const auto& [group, outcomes] : tally(proof))
    for (const Outcome outcome : kOutcomes)
      out += "sekisho_isolation_cases" + labels_of(group, to_string(outcome)) + " " +
             std::to_string(outcomes[static_cast<std::size_t>(outcome)]) + "\n";
  out +=
      "# TYPE sekisho_isolation_proved_seconds gauge\n# UNIT sekisho_isolation_proved_seconds seconds\n# "
      "HELP "
      "sekisho_isolation_proved_seconds End of the last proof, seconds since 1970.\n";
  out += "sekisho_isolation_proved_seconds " + std::to_string(proof.ended.count() / 1000) + "\n";
  return out + "# EOF\n";
}

}  // namespace gw::model
