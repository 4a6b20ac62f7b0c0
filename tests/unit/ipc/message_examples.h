#pragma once

#include "base/event.h"
#include "ipc/messages/compile.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/control_dhcp.h"
#include "ipc/messages/control_records.h"
#include "ipc/messages/control_watch.h"
#include "ipc/messages/key_work.h"
#include "ipc/messages/operator.h"
#include "ipc/messages/probe.h"
#include "ipc/messages/proxy_dial.h"
#include "ipc/messages/proxy_key.h"
#include "ipc/messages/records.h"
#include "ipc/messages/renewal.h"
#include "ipc/messages/site.h"
#include "ipc/messages/web_control.h"
#include "model/backup_plan.h"
#include "model/certificate_roll.h"
#include "model/network_roll.h"
#include "model/network_sight.h"
#include "model/rule_roll.h"
#include "model/key_ring.h"
#include "model/managed_identity.h"
#include "model/management.h"
#include "model/name_table.h"
#include "model/snapshot.h"
#include "model/terminal_roll.h"

namespace gw::examples {

/// One value of each body on the wires, with every list filled.
template <class T>
T example();

inline model::Endpoint endpoint() { return {*model::IpAddress::parse("fd00::1"), 443}; }

inline model::LanSegment segment() {
  model::LanSegment out;
  out.name = "desks";
  out.interface = "lan0.20";
  out.addresses = {*model::Prefix::parse("10.1.0.1/24")};
  out.vlan = {"lan0", 20};
  out.ports = {"lan2"};
  out.second_path = model::SecondPath::refuse_terminal;
  out.dhcp_servers = {*model::IpAddress::parse("10.1.0.2")};
  out.routers = {*model::IpAddress::parse("fd00::2")};
  out.devices = {{"desk-1", {{2, 0, 0, 0, 0, 1}}, {*model::IpAddress::parse("10.1.0.11")}}};
  return out;
}

template <>
inline ipc::dial::Dial example() {
  return {model::Generation(7), model::ServiceId(2), std::chrono::milliseconds(5'000)};
}
template <>
inline ipc::dial::Connected example() {
  return {endpoint(), std::chrono::milliseconds(40)};
}
template <>
inline ipc::dial::Failed example() {
  return {model::CloseReason::upstream_refused};
}
template <>
inline ipc::dial::Inquire example() {
  return {model::Generation(7),
          model::ServiceId(2),
          std::chrono::milliseconds(5'000),
          {0x30, 0x03, 0x30, 0x01, 0x00}};
}
template <>
inline ipc::dial::InquiryAnswered example() {
  return {{0x30, 0x03, 0x0a, 0x01, 0x03}};
}
template <>
inline ipc::dial::InquiryFailed example() {
  return {ipc::dial::InquiryTrouble::status, 503};
}
template <>
inline ipc::compartment::Staged example() {
  return {model::Generation(7)};
}
inline model::Wiring::Key wiring_key() {
  return {model::KeyId(3),
          "keys/a.pem",
          {true, false, model::CivilSeconds(1'800'000'000)},
          {{1, 2, 3}},
          model::Wiring::Place::identities};
}
template <>
inline model::KeyRing example() {
  return {model::Generation(7), {{"imaging", wiring_key(), {'k', 'e', 'y'}}}};
}
template <>
inline ipc::compartment::Earliest example() {
  return {std::chrono::milliseconds(1'700'000'000'000)};
}
template <>
inline ipc::compartment::Proxy example() {
  return {"imaging"};
}
template <>
inline ipc::compartment::Misused example() {
  return {ipc::compartment::Asker::one_shot, "imaging", "no handshake"};
}
template <>
inline ipc::compartment::KeyWork example() {
  return {ipc::compartment::Trade::certify_terminal, "imaging", "ct-1"};
}
template <>
inline ipc::compartment::Enrol example() {
  return {
      "ct-1", ipc::compartment::Enrol::Right::certificate, std::string(64, 'd'), "10.1.0.7", {0x30, 0x00}};
}
template <>
inline ipc::compartment::NotEnrolled example() {
  return {ErrorCode::ticket_unknown, "none"};
}
inline model::SiteOrder site_order() {
  return {model::SiteOrder::Verb::redeem, "imaging", "ct-1", "k7mh-x2pq", "https://a", std::string(64, 'd'),
          std::string(64, 'c'),           4,         86'400};
}
inline model::SiteEntry site_entry() {
  return {"imaging",
          "ct-1",
          "4f",
          std::string(64, 'a'),
          "valid",
          model::CivilSeconds(1'690'000'000),
          model::CivilSeconds(1'800'000'000),
          model::CivilSeconds(1'700'000'000)};
}
template <>
inline ipc::op::IdentityOrder example() {
  return {ipc::op::IdentityOrder::Act::adopt, "imaging", "box"};
}
template <>
inline ipc::op::SiteRequest example() {
  return {site_order(), "a new device", {"first", "clinic_admin", "10.0.0.7", "5f2a"}};
}
template <>
inline model::SiteProduct example() {
  return {{1, 2},
          "k7mh-x2pq",
          "https://a",
          model::CivilSeconds(1'710'000'000),
          site_entry(),
          "CN=clinic",
          std::string(64, 'b'),
          model::Keeping::encrypted_file,
          model::CivilSeconds(1'900'000'000),
          7,
          {site_entry()}};
}
template <>
inline ipc::site::CarriedOut example() {
  return {
      "serial 4f", {{model::Cut::What::certificates, "imaging", "ct-1", std::string(64, 'a')}}, "no list"};
}
template <>
inline ipc::site::Failed example() {
  return {ErrorCode::site_ca_missing, "none"};
}
template <>
inline ipc::key::Sign example() {
  return {model::Generation(7),
          model::KeyId(3),
          model::TlsRole::cloud_side,
          model::SignatureScheme::pss_sha384,
          {1, 2, 3, 4}};
}
template <>
inline ipc::key::Signature example() {
  return {{0x30, 0x45}};
}
template <>
inline ipc::key::Refused example() {
  return {ipc::key::Refusal::unavailable};
}
template <>
inline ipc::key_work::Make example() {
  return {model::KeyKind::p384};
}
template <>
inline ipc::key_work::Open example() {
  return {{'k', 'e', 'y'}};
}
template <>
inline ipc::key_work::Opened example() {
  return {3, model::Keeping::encrypted_file, {0x30, 0x59}, {'k', 'e', 'y'}};
}
template <>
inline ipc::key_work::Sign example() {
  return {2, model::SignatureScheme::ecdsa_sha384, {1, 2, 3, 4}};
}
template <>
inline ipc::key_work::Signature example() {
  return {{0x30, 0x45}};
}
template <>
inline ipc::key_work::Forget example() {
  return {700};
}
template <>
inline model::Record example() {
  return {CivilTime(std::chrono::microseconds(1'795'000'000'000'042)), model::ClockState::behind, "proxyd",
          "karte", Event(EventId::session_closed).add(Field::terminal, "desk-1").add(Field::bytes_up, 7)};
}
template <>
inline ipc::control_records::Records example() {
  return {"0123456789abcdef", 7, {example<model::Record>()}};
}
template <>
inline ipc::control_records::Kept example() {
  return {"0123456789abcdef", 9};
}
template <>
inline ipc::records::Find example() {
  return {{std::chrono::milliseconds(1), std::chrono::milliseconds(2), "karte", "desk-1", "emr",
           "session.closed"},
          9,
          10};
}
template <>
inline ipc::records::Chain example() {
  return {7};
}
template <>
inline ipc::records::Found example() {
  return {3, 4};
}
template <>
inline ipc::records::Piece example() {
  return {5, 6};
}
template <>
inline ipc::records::Refused example() {
  return {ErrorCode::store_failed, "it is locked"};
}
template <>
inline ipc::records::Exported example() {
  return {"root", "csv", 1, 300, {7, 8, 9}};
}
template <>
inline ipc::records::KeepFor example() {
  return {model::RecordClass::connection, 5, "root", "the service's contract asks for it"};
}
template <>
inline ipc::records::Keeping example() {
  return {5, 0, 2, 12, 300, std::chrono::milliseconds(1'780'000'000'000), 1u << 30, 4'096};
}
template <>
inline ipc::control_records::RoomLeft example() {
  return {ipc::control_records::Room::reserve};
}
template <>
inline ipc::key_work::Refused example() {
  return {ErrorCode::key_unavailable, "the TPM is silent"};
}
template <>
inline ipc::renewal::Keep example() {
  return {"records", ipc::renewal::Place::next};
}
template <>
inline ipc::renewal::Finished example() {
  return {std::chrono::milliseconds(1'700'000'000'000), {{"records", "est.unreachable", "no answer"}}};
}
template <>
inline model::RenewalOrder example() {
  const model::ManagedIdentity identity{"records",
                                        model::ManagedIdentity::Side::terminals,
                                        model::KeyKind::p384,
                                        {"emr.clinic.example", "10.1.0.1"},
                                        model::ServiceId(5),
                                        "est.cloud.example",
                                        443,
                                        "clinic",
                                        "-----BEGIN CERTIFICATE-----\n"};
  return {model::Generation(7),
          "imaging",
          {{identity, {"key and chain", "key", "k7mh-x2pq", "chain", "renewal"}}}};
}
template <>
inline ipc::compartment::StagedListener example() {
  return {model::Generation(7), model::ListenerId(1), {*model::IpAddress::parse("10.1.0.1"), 11112}};
}
template <>
inline ipc::compartment::StagedSocket example() {
  return {model::Generation(7), ipc::compartment::Transport::tcp, *model::IpAddress::parse("10.1.0.1")};
}
template <>
inline model::NameTable example() {
  const auto address = *model::IpAddress::parse("10.1.0.1");
  return {model::Generation(7), {{{address}, {{"emr.clinic.example", {address}}}}}};
}
template <>
inline ipc::compartment::Refused example() {
  return {model::Generation(7), ErrorCode::key_unreadable, "no PEM"};
}
template <>
inline ipc::compartment::Adopted example() {
  return {model::Generation(7), 120, 3};
}
template <>
inline ipc::compile::Part example() {
  return {ipc::compile::PartKind::renewals, model::TenantId(1)};
}
template <>
inline ipc::compile::Report example() {
  return {true, 4};
}
template <>
inline ipc::net_apply::Failed example() {
  return {ErrorCode::net_rules_refused, "line 3"};
}
template <>
inline ipc::net_apply::Shaped example() {
  return {{{"sysctl net.ipv4.ip_forward was 1"}, {"chain not ours: mine"}},
          3,
          {{"packet socket of account 0 is not ours"}}};
}
template <>
inline ipc::op::Published example() {
  return {model::Generation(7), 120, 3};
}
template <>
inline ipc::op::Rejected example() {
  return {ErrorCode::config_syntax, "clinic.yaml"};
}
template <>
inline ipc::op::State example() {
  return {model::Generation(7),
          {std::chrono::milliseconds(1'700'000'000'000), std::chrono::milliseconds(1'600'000'000'000)},
          true,
          {{"proxyd", "imaging", 4711, 1, true}},
          {{"wan", 4}},
          {{model::Cut::What::terminal, "imaging", "ct-1"},
           {model::Cut::What::certificates, "imaging", "ct-1", std::string(64, 'a')}},
          model::Intake::closed,
          {{"imaging", endpoint()}},
          {std::chrono::milliseconds(1'700'000'000'000), 312, 1, 2},
          {57, 214, "k-ito"},
          true};
}
template <>
inline ipc::op::ClockOrder example() {
  return {"set by hand"};
}
template <>
inline model::TerminalRoll example() {
  return {{{"karte", "desk-1", model::TerminalRoll::Standing::cut_off, true, {{std::string(64, 'a')}}}}};
}
template <>
inline model::ManagedIdentities example() {
  return {{{"emr-client",
            model::ManagedIdentity::Side::terminals,
            model::KeyKind::p384,
            {"emr.box.example"},
            model::ServiceId(3),
            "est.example",
            443,
            "boxes",
            "PEM"}}};
}
template <>
inline model::KeptIdentities example() {
  return {{{"karte/emr-client.current", "PEM"}}};
}
template <>
inline ipc::op::ClockTrusted example() {
  return {2};
}
template <>
inline ipc::op::CutOrder example() {
  return {{model::Cut::What::service, "imaging", "pacs"}, "the vendor asks for it"};
}
template <>
inline model::CutOff example() {
  return {{{"pacs"}}, {{"ct-1"}, {"ct-2"}}, {endpoint().address}, {{"ct-3", std::string(64, 'a')}}, false};
}
template <>
inline ipc::watch::Owners example() {
  return {{{"imaging", 60'901, {endpoint().address}}}, {segment()}};
}
template <>
inline ipc::watch::SecondPath example() {
  return {endpoint().address, model::Finding::foreign_gateway};
}
template <>
inline ipc::dhcp::Lent example() {
  return {*model::Prefix::parse("198.51.100.7/24"), *model::IpAddress::parse("198.51.100.1"),
          *model::IpAddress::parse("198.51.100.2"), 120};
}
template <>
inline model::Lease example() {
  return {"wan0", *model::Prefix::parse("198.51.100.7/24"), *model::IpAddress::parse("198.51.100.1"),
          *model::IpAddress::parse("198.51.100.2")};
}
template <>
inline Event example() {
  Event event(EventId::endpoint_failed);
  event.add(Field::server_name, "cloud.example").add(Field::remote_port, 443);
  return event;
}
template <>
inline model::DialTable example() {
  const auto address = *model::IpAddress::parse("203.0.113.7");
  return {model::Generation(7),
          {{model::ServiceId(0), model::Caller::guest, "cloud.example", 443, {address}}},
          {{{model::ServiceId(0), model::Caller::proxyd, "ocsp.example", 80, {address}}, "/ocsp"}},
          {{address, 53}},
          {*model::Prefix::parse("10.1.0.0/16")}};
}
template <>
inline model::ProofCase example() {
  return {"W1", "dialerd", "imaging", "tcp to 192.0.2.1:443", model::ProofCase::Outcome::held, "refused"};
}
template <>
inline model::Proof example() {
  return {"north",
          model::Generation(7),
          std::chrono::milliseconds(1'700'000'000'000),
          std::chrono::milliseconds(1'700'000'004'000),
          {example<model::ProofCase>()}};
}
template <>
inline ipc::evidence::Signed example() {
  return {"{}\n", std::vector<std::uint8_t>(64, 7), "-----BEGIN PUBLIC KEY-----\n"};
}
template <>
inline ipc::evidence::Failed example() {
  return {ErrorCode::evidence_key_unusable, "it does not sign"};
}
template <>
inline model::Wiring example() {
  return {model::Generation(7),
          "north",
          {{model::TenantId(0),
            "imaging",
            {{model::ListenerId(0), endpoint()}},
            {wiring_key()},
            model::Wiring::Enrolment{{model::ListenerId(1), endpoint()}, {wiring_key()}, "box.example"},
            {{"pacs"}},
            {{"ct-1", true}}}},
          {segment()},
          "wan0",
          {*model::Prefix::parse("10.1.0.0/16")},
          {endpoint().address},
          {*model::Prefix::parse("10.1.0.1/24")},
          model::Wiring::Management{endpoint(), {wiring_key()}}};
}
template <>
inline ipc::web::Ask example() {
  ipc::web::Ask ask;
  ask.operation = 3;
  ask.token = "0123456789abcdef";
  ask.csrf = "fedcba9876543210";
  ask.source = endpoint().address;
  ask.is_own_port = true;
  ask.certificate.emplace();
  ask.is_watching = true;
  ask.values = {{},
                model::TypedValue::of(std::string("m-sato")),
                model::TypedValue::of(std::uint64_t{7}),
                model::TypedValue::of(true),
                model::TypedValue::of(std::vector<std::string>{"config.apply", "status.read"})};
  return ask;
}
template <>
inline ipc::web::Piece example() {
  ipc::web::Piece piece;
  piece.octets = {1, 2, 3};
  return piece;
}
template <>
inline ipc::web::Answered example() {
  ipc::web::Answered answered;
  answered.token = ipc::web::Token::given;
  answered.given = "0123456789abcdef";
  return answered;
}
template <>
inline ipc::web::Octets example() {
  return {"sekisho-00000012-20261129-0310-daily.tar", 51'200};
}
template <>
inline model::BackupPlan example() {
  return {"aoba", {"front-desk", 35, {{"clinic", "backup/clinic.pem", "-----BEGIN CERTIFICATE-----"}}}};
}
template <>
inline model::RuleRoll example() {
  return {{{"karte", "use-raw", "raw", "raw.example", 443, false, {{"desk-1"}}, std::chrono::seconds(1'795'000'000)}},
          {{"karte", "raw", "lan0", endpoint(), {{"raw"}}}},
          "aoba"};
}
template <>
inline model::CertificateRoll example() {
  using Roll = model::CertificateRoll;
  const Roll::Certificate certificate{"CN=box", "CN=ca", "4f", "P-256", {1, 2}, std::chrono::seconds(1), std::chrono::seconds(2)};
  const Roll::Use use{model::Facing::cloud, "raw"};
  Roll out;
  out.own = {{"karte", "cloud-1", Roll::Renewal::request, "est.example", "karte/cloud-1.current", {use}, certificate, std::chrono::seconds(2)}};
  out.trust = {{"karte", use, {{"ca.pem", std::chrono::seconds(1), std::chrono::seconds(2), certificate}}}};
  out.lists = {{"karte", use, "ca.crl", "CN=ca", std::chrono::seconds(1), std::chrono::seconds(2)}};
  return out;
}
template <>
inline model::CertificateState example() {
  return {{{model::Wiring::Place::identities, "karte/cloud-1.current", model::Keeping::tpm}},
          {{"karte", "cloud-1", std::chrono::milliseconds(5), "est.unreachable", "no answer"}},
          "-----BEGIN PUBLIC KEY-----"};
}
template <>
inline model::NetworkRoll example() {
  model::NetworkRoll out;
  out.ports = {{model::NetworkRoll::Side::wan, "ward", "wan0", {*model::Prefix::parse("10.1.0.1/24")}, {*model::IpAddress::parse("fd00::2")},
                {"wan0", 20}, {"lan2"}, model::Ipv4Source::dhcp, true, true, 3}};
  out.resolvers = {endpoint()};
  out.listeners = {{"karte", "raw", endpoint(), {"raw"}}};
  return out;
}
template <>
inline model::NetworkSight example() {
  return {{{"wan0", {2, 0, 0, 0, 0, 1}, true, true, {*model::Prefix::parse("10.1.0.1/24")}, {*model::IpAddress::parse("fd00::2")}, {*model::IpAddress::parse("10.1.0.9")}, {*model::IpAddress::parse("fd00::2")}}}, {endpoint()}};
}
template <>
inline ipc::op::NetworkState example() {
  const model::Lease lease{"wan0", *model::Prefix::parse("198.51.100.2/24"), *model::IpAddress::parse("198.51.100.1"), *model::IpAddress::parse("198.51.100.9")};
  return {ipc::op::NetworkState::Borrowed{lease, std::chrono::milliseconds(5)}, {std::chrono::milliseconds(7), std::chrono::milliseconds(6)}, true};
}
template <>
inline ipc::web::Refused example() {
  return {ErrorCode::web_value, "too_long", "/body/name"};
}
template <>
inline model::WebTable example() {
  model::WebTable table{model::Generation(7), {}};
  table.management.interface = "mgmt0";
  table.management.addresses = {*model::Prefix::parse("10.1.0.1/24")};
  table.management.listener = endpoint();
  table.management.names = {"box.example"};
  table.management.own_port = true;
  table.management.credential.chain_pem = "-----BEGIN CERTIFICATE-----\n";
  table.management.anchors = {
      {"", "-----BEGIN CERTIFICATE-----\n", model::CivilSeconds(1), model::CivilSeconds(2)}};
  return table;
}

}  // namespace gw::examples
