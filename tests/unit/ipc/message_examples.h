#pragma once

#include "base/event.h"
#include "ipc/messages/compile.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/control_watch.h"
#include "ipc/messages/operator.h"
#include "ipc/messages/proxy_dial.h"
#include "model/name_table.h"
#include "model/snapshot.h"

namespace gw::examples {

/// One value of each body on the wires, with every list filled.
template <class T>
T example();

inline model::Endpoint endpoint() { return {*model::IpAddress::parse("fd00::1"), 443}; }

template <>
inline ipc::dial::Dial example() {
  return {model::Generation(7), model::ServiceId(2), std::chrono::milliseconds(5'000)};
}
template <>
inline ipc::dial::Connected example() {
  return {endpoint()};
}
template <>
inline ipc::dial::Failed example() {
  return {model::CloseReason::upstream_refused};
}
template <>
inline ipc::compartment::Staged example() {
  return {model::Generation(7)};
}
template <>
inline ipc::compartment::StagedKey example() {
  return {model::Generation(7), model::KeyId(3)};
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
  return {ipc::compile::PartKind::name_table, model::TenantId(1)};
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
  return {{{"sysctl net.ipv4.ip_forward was 1"}, {"chain not ours: mine"}}, 3};
}
template <>
inline ipc::op::Published example() {
  return {model::Generation(7), 120, 3, true};
}
template <>
inline ipc::op::Rejected example() {
  return {ErrorCode::config_syntax, "clinic.yaml"};
}
template <>
inline ipc::op::State example() {
  return {model::Generation(7),
          true,
          {{"proxyd", "imaging", 4711, 1, true}},
          {{model::Cut::What::terminal, "imaging", "ct-1"}},
          {{"imaging", endpoint()}}};
}
template <>
inline ipc::op::CutOrder example() {
  return {{model::Cut::What::service, "imaging", "pacs"}, "the vendor asks for it"};
}
template <>
inline model::CutOff example() {
  return {{{"pacs"}}, {{"ct-1"}, {"ct-2"}}, false};
}
template <>
inline ipc::watch::Owners example() {
  return {{{"imaging", 60'901, {endpoint().address}}}};
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
          {{model::ServiceId(0), "cloud.example", 443, {address}}},
          {{address, 53}},
          {*model::Prefix::parse("10.1.0.0/16")}};
}
template <>
inline model::Wiring example() {
  return {model::Generation(7),
          {{model::TenantId(0),
            "imaging",
            {{model::ListenerId(0), endpoint()}},
            {{model::KeyId(0), "keys/a.pem"}},
            {{"pacs"}},
            {{"ct-1"}}}},
          {endpoint().address},
          {*model::Prefix::parse("10.1.0.1/24")}};
}

}  // namespace gw::examples
