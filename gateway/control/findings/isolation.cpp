// That nobody crosses over to another (ISO-05, ISO-06, ISO-09, ISO-10), and what the network is (GOV-05,
// ISO-04).

#include <algorithm>

#include "control/findings/observed.h"
#include "model/proof_tally.h"
#include "model/proof_text.h"
#include "pki/certificate.h"

namespace gw::control::findings {
namespace {

using model::NetworkRoll;
using Outcome = model::ProofCase::Outcome;

constexpr std::chrono::days kProofGood{1};  // it is tried each hour

void add_tally(const model::Proof& proof, Draft& out) {
  out.columns({Text::col_way, Text::col_where, Text::col_tenant, Text::col_held, Text::col_broken,
               Text::col_unproven});
  for (const auto& [group, outcomes] : model::tally(proof))
    out.row({group.way, group.place, group.tenant.empty() ? "—" : group.tenant, text_of(outcomes[0]),
             text_of(outcomes[1]), text_of(outcomes[2])});
}

std::string all_of(std::vector<std::string> texts) {
  std::string out;
  for (const std::string& text : texts) out.append(out.empty() ? "" : ", ").append(text);
  return out.empty() ? "—" : out;
}

}  // namespace

Result<Finding> isolation_proved(const Observed& seen) {
  if (!seen.sight.proof) return Draft(State::unknown).say(Text::proof_none).take();
  const model::Proof& proof = *seen.sight.proof;
  const std::size_t broken = count(proof, Outcome::broken), unproven = count(proof, Outcome::unproven);
  const auto now = seen.sight.diagnosis.state.generation;
  Draft out(State::shown);
  if (is_whole(proof)) out.say(Text::proof_held, {text_of(proof.cases.size()), time_of(proof.ended)});
  if (broken != 0) out.say(State::attention, Text::proof_broken, {text_of(broken)});
  if (unproven != 0) out.say(State::attention, Text::proof_unproven, {text_of(unproven)});
  if (proof.generation != now)
    out.say(State::attention, Text::proof_old, {text_of(proof.generation.number()), text_of(now.number())});
  if (seen.now - CivilTime(proof.ended) > kProofGood)
    out.say(State::attention, Text::proof_aged, {time_of(proof.ended)});
  add_tally(proof, out);
  const std::string digest = to_hex(pki::sha256_of(as_bytes(model::to_json(proof))));
  return out.source(Text::src_proof, time_of(proof.ended) + ", SHA-256 " + digest).take();
}

Result<Finding> isolation_second_paths(const Observed& seen) {
  if (!is_watched(seen)) return Draft(State::unknown).say(Text::unwatched).of_records(seen).take();
  GW_TRY(const Lately found, lately(seen, EventId::second_path_seen));
  GW_TRY(const std::string since, watched_since(seen));
  if (found.count == 0) return Draft(State::shown).say(Text::paths_none, {since}).of_records(seen).take();
  Draft out(State::attention);
  out.say(Text::paths_seen, {count_text(found.count), since});
  out.columns({Text::col_when, Text::col_interface, Text::col_address, Text::col_what});
  for (const audit::Record& one : found.newest)
    out.row({time_of(one.time), text_in(one, Field::interface), text_in(one, Field::mac),
             text_in(one, Field::finding)});
  return out.left_out(found.count - found.newest.size()).of_records(seen).take();
}

Result<Finding> isolation_cuts(const Observed& seen) {
  const auto& cuts = seen.sight.diagnosis.state.cuts;
  GW_TRY(const Lately made, lately(seen, EventId::cut_made));
  GW_TRY(const Lately undone, lately(seen, EventId::cut_undone));
  GW_TRY(const std::string since, watched_since(seen));
  Draft out(State::shown);
  if (cuts.empty()) out.say(Text::cuts_none);
  if (!cuts.empty()) out.say(State::attention, Text::cuts_now, {text_of(cuts.size())});
  out.say(Text::cuts_lately, {count_text(made.count + undone.count), since});
  out.columns({Text::col_what, Text::col_tenant, Text::col_terminal});
  for (const model::Cut& one : cuts)
    out.row({shown(to_string(one.what)), one.tenant.empty() ? "—" : one.tenant,
             one.name.empty() ? "—" : one.name});
  return out.of_records(seen).take();
}

Result<Finding> network_diagram(const Observed& seen) {
  return Draft(State::by_design).say(Text::diagram_told).of_configuration(seen).take();
}

Result<Finding> network_segments(const Observed& seen) {
  const web::NetworkLook& network = seen.sight.network;
  std::vector<std::string> differing;
  Draft out(State::by_design);
  out.say(Text::segments_told);
  out.columns({Text::col_side, Text::col_segment, Text::col_interface, Text::col_address});
  for (const NetworkRoll::Port& configured : network.roll.ports) {
    const NetworkRoll::Port port = web::with_lease(configured, network.state);
    if (!web::is_as_configured(port, network.link(port))) differing.push_back(port.interface);
    out.row({shown(web::to_string(port.side)), port.segment.empty() ? "—" : port.segment, port.interface,
             all_of(web::texts_of(port.addresses))});
  }
  if (!differing.empty()) out.say(State::attention, Text::segments_differ, {all_of(differing)});
  return out.of_configuration(seen).source(Text::src_kernel, time_of(seen.now)).take();
}

/// By the kernel's own list of sockets in the namespace of the Internet's side.
Result<Finding> network_closed(const Observed& seen) {
  if (!seen.sight.diagnosis.state.kernel_rules) return Draft(State::unknown).say(Text::closed_unknown).take();
  const auto& sight = seen.sight.network.sights[static_cast<std::size_t>(NetworkRoll::Side::wan)];
  Draft out(State::shown);
  if (sight.listening.empty()) out.say(Text::closed_told);
  if (!sight.listening.empty())
    out.say(State::attention, Text::closed_not, {text_of(sight.listening.size())});
  out.columns({Text::col_address});
  for (const model::Endpoint& one : sight.listening) out.row({one.to_text()});
  return out.source(Text::src_kernel, time_of(seen.now)).take();
}

}  // namespace gw::control::findings
