#pragma once

#include "model/certificate_roll.h"
#include "model/network_roll.h"
#include "model/network_sight.h"
#include "model/operations_centre.h"
#include "model/proof.h"
#include "model/terminal_roll.h"
#include "unit/control/web_clinic.h"

namespace gw::control {

/// A clinic whose supervisor is played: it says of the box whatever stands here.
class SeenBox : public WebDeskTest {
 protected:
  void SetUp() override {
    settle();
    diagnosis.state.generation = model::Generation(3);
    diagnosis.state.kernel_rules = true;
    diagnosis.state.processes = {{.name = "keyd", .pid = 7}};
    diagnosis.state.proof.ended = std::chrono::milliseconds(5);
    diagnosis.trials.ended = std::chrono::milliseconds(5);
    diagnosis.trials.trials = {
        {.tenant = "karte", .service = "raw", .outcome = model::CloseReason::finished, .tls = "TLSv1.3"}};
    proof = {"clinic-1", diagnosis.state.generation, {}, std::chrono::milliseconds(5), {{.way = "W1"}}};
    proof.cases[0].outcome = model::ProofCase::Outcome::held;
    roll.ports = {{.side = model::NetworkRoll::Side::wan,
                   .interface = "wan0",
                   .addresses = {*model::Prefix::parse("198.51.100.2/24")},
                   .gateways = {*model::IpAddress::parse("198.51.100.1")}}};
    sights[1].links = {
        {"wan0", {2, 0, 0, 0, 0, 1}, true, true, roll.ports[0].addresses, roll.ports[0].gateways}};
    model::CertificateRoll::Own own;
    own.uses = {{model::Facing::administrators, {}}};
    own.certificate = {.subject = "CN=box", .serial = "4f"};
    own.certificate->fingerprint.fill(0xab);
    certificates.own = {own};
    ASSERT_TRUE(reviews->rules().set({.rows = {rule("raw")}}));
  }
  static model::RuleRoll::Row rule(std::string service) {
    return {.tenant = "karte",
            .rule = "use-" + service,
            .service = std::move(service),
            .terminals = {{"desk-1"}}};
  }
  /// What the supervisor says to that question.
  std::vector<UniqueFd> files_for(ipc::op::Msg question) {
    std::vector<UniqueFd> out;
    const auto add = [&](const std::vector<std::uint8_t>& octets) {
      out.push_back(*sys::seal(octets, "test"));
    };
    if (question == ipc::op::Msg::diagnosis) add(encode(diagnosis));
    if (question == ipc::op::Msg::terminals) add(encode(terminals));
    if (question == ipc::op::Msg::last_proof) add(encode(proof));
    if (question == ipc::op::Msg::certificates) add(encode(certificates)), add(encode(certificate_state));
    if (question == ipc::op::Msg::noc) add(noc_order ? encode(*noc_order) : std::vector<std::uint8_t>());
    if (question != ipc::op::Msg::network) return out;
    add(encode(roll));
    for (const model::NetworkSight& sight : sights) add(encode(sight));
    return out;
  }
  void answer(const ipc::Frame& asked) {
    const auto question = static_cast<ipc::op::Msg>(asked.type);
    const std::map<ipc::op::Msg, ipc::op::Msg> answers = {
        {ipc::op::Msg::diagnosis, ipc::op::Msg::diagnosed},
        {ipc::op::Msg::network, ipc::op::Msg::network_sight},
        {ipc::op::Msg::certificates, ipc::op::Msg::certificate_roll},
        {ipc::op::Msg::terminals, ipc::op::Msg::terminal_roll},
        {ipc::op::Msg::noc, ipc::op::Msg::noc_standing},
        {ipc::op::Msg::last_proof, ipc::op::Msg::proof}};
    const std::vector<UniqueFd> files = files_for(question);
    std::vector<int> fds;
    for (const UniqueFd& file : files) fds.push_back(file.get());
    std::vector<std::uint8_t> body;
    if (question == ipc::op::Msg::network) body = encode(ipc::op::NetworkState());
    if (question == ipc::op::Msg::noc) body = encode(noc_standing);
    ASSERT_TRUE(
        supervisor->send(ipc::type_number(answers.at(question)), asked.request, body, std::move(fds)));
    auto said = errands.take();
    ASSERT_TRUE(said && desk.told(*said, around()));
  }
  /// Asks, and answers whatever the desk wants to know first.
  Said looked(OperationId operation, TypedValues values = {}) {
    answer(passed_on(operation, std::move(values)));
    while (desk.waits()) {
      const auto asked = supervisor->receive();
      EXPECT_TRUE(asked && *asked);
      answer(**asked);
    }
    return heard();
  }
  /// With that id, out of the records; nothing: there is none.
  std::optional<Event> recorded(EventId id) {
    std::optional<Event> out;
    for (auto frame = log.receive(); frame && *frame; frame = log.receive())
      if (auto event = decode<Event>((*frame)->body); event && event->id() == id) out = *std::move(event);
    return out;
  }

  ipc::op::Diagnosis diagnosis{};
  std::optional<model::NocOrder> noc_order{};  // none: nobody is to be told
  ipc::op::NocStanding noc_standing{};
  model::Proof proof{};
  model::NetworkRoll roll{};
  std::array<model::NetworkSight, 3> sights{};
  model::CertificateRoll certificates{};
  model::CertificateState certificate_state{};
  model::TerminalRoll terminals{};
};

}  // namespace gw::control
