// The report that is handed over when the box is set up: what it is, what it lets through, and what
// came out when it was tried.

#include "base/json.h"
#include "control/setup_findings.h"
#include "control/way_to_cloud.h"
#include "model/proof_text.h"
#include "pki/certificate.h"

namespace gw::control::web {
namespace {

using model::NetworkRoll;
using model::ProofCase;
using model::RuleRoll;
using setup::Standing;

std::string device_of(const BoxSight& sight) {
  JsonObject out;
  if (const auto* shown = shown_to_browsers(sight.certificates))
    out.text("subject", shown->subject)
        .text("serial", shown->serial)
        .text("sha256", to_hex(shown->fingerprint))
        .text("until", time_text(CivilTime(shown->ends)));
  add_text(out, "evidence_key", fingerprint_in(sight.certificate_state.evidence_key));
  return out.take();
}

std::string json_of(const Standing& one) {
  JsonObject out;
  out.text("step", to_string(one.step));
  if (one.word)
    out.text("stated", one.word->stated).text("by", one.word->by).text("at", time_text(one.word->at));
  return out.take();
}

std::string json_of(const NetworkRoll::Port& port, const NetworkLook& network) {
  const model::NetworkSight::Link* const link = network.link(port);
  JsonObject out;
  out.text("side", to_string(port.side));
  add_text(out, "segment", port.segment);
  out.text("interface", port.interface)
      .text("state", state_of(link))
      .text("source", port.ipv4 == model::Ipv4Source::dhcp ? "dhcp" : "fixed");
  const auto addresses = link == nullptr ? std::vector<std::string>() : texts_of(link->addresses);
  const auto gateways = link == nullptr ? std::vector<std::string>() : texts_of(link->gateways);
  return out.raw("addresses", json_texts(addresses)).raw("gateways", json_texts(gateways)).take();
}

std::string json_of(const NetworkRoll::Listening& one) {
  JsonObject out;
  add_text(out, "tenant", one.tenant);
  return out.text("address", one.endpoint.address.to_text())
      .number("port", one.endpoint.port)
      .raw("services", json_texts(one.services))
      .take();
}

std::string network_of(const NetworkLook& network) {
  const auto port = [&](const NetworkRoll::Port& one) { return json_of(one, network); };
  const auto listener = [](const NetworkRoll::Listening& one) { return json_of(one); };
  return JsonObject()
      .raw("ports", json_each(network.roll.ports, port))
      .raw("resolvers", json_texts(texts_of(network.roll.resolvers)))
      .raw("listeners", json_each(network.roll.listeners, listener))
      .flag("clock_synchronised", network.state.is_synchronised)
      .take();
}

std::string json_of(const RuleRoll::Row& row) {
  std::vector<std::string> terminals;
  for (const RuleRoll::Name& one : row.terminals) terminals.push_back(one.text);
  return JsonObject()
      .text("tenant", row.tenant)
      .text("rule", row.rule)
      .text("service", row.service)
      .text("server_name", row.server_name)
      .number("port", row.port)
      .flag("all_terminals", row.all)
      .raw("terminals", json_texts(terminals))
      .take();
}

std::string json_of(const model::ServiceTrial& one) {
  JsonObject out;
  out.text("tenant", one.tenant)
      .text("service", one.service)
      .text("outcome", to_string(one.outcome))
      .text("remote", one.remote.to_text());
  add_text(out, "tls", one.tls);
  return out.take();
}

std::string test_of(const ipc::op::Diagnosis& diagnosis) {
  const auto trial = [](const model::ServiceTrial& one) { return json_of(one); };
  return JsonObject()
      .text("ended", time_text(CivilTime(diagnosis.trials.ended)))
      .text("code", code_of(way_of(diagnosis)))
      .raw("services", json_each(diagnosis.trials.trials, trial))
      .take();
}

/// The digest is that of the record that is signed and kept.
std::string json_of(const model::Proof& proof) {
  const auto of = [&](ProofCase::Outcome outcome) { return std::uint64_t{count(proof, outcome)}; };
  return JsonObject()
      .text("ended", time_text(CivilTime(proof.ended)))
      .number("held", of(ProofCase::Outcome::held))
      .number("broken", of(ProofCase::Outcome::broken))
      .number("unproven", of(ProofCase::Outcome::unproven))
      .text("sha256", to_hex(pki::sha256_of(as_bytes(model::to_json(proof)))))
      .take();
}

}  // namespace

std::string report_of(const BoxSight& sight, const WebAsk& ask, const WebAround& around,
                      const std::vector<Standing>& steps, CivilTime now) {
  const auto step = [](const Standing& one) { return json_of(one); };
  const auto rule = [](const RuleRoll::Row& row) { return json_of(row); };
  const model::Proof proof = sight.proof.value_or(model::Proof());
  return JsonObject()
      .text("format", "sekisho.setup-report/1")
      .text("site", proof.site)
      .text("finished", time_text(now))
      .text("by", ask.actor.name)
      .raw("device", device_of(sight))
      .number("generation", sight.diagnosis.state.generation.number())
      .raw("steps", json_each(steps, step))
      .raw("network", network_of(sight.network))
      .raw("rules", json_each(around.reviews.rules().rules().rows, rule))
      .raw("test", test_of(sight.diagnosis))
      .raw("proof", json_of(proof))
      .take();
}

}  // namespace gw::control::web
