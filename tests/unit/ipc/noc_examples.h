#pragma once

#include "ipc/messages/noc.h"
#include "ipc/messages/operator.h"
#include "model/operations_centre.h"
#include "unit/ipc/message_examples.h"

// Of what the operations centre is told.

namespace gw::examples {

template <>
inline ipc::control_records::NocPlan example() {
  return {"north", std::chrono::seconds(60), "a public key"};
}
template <>
inline ipc::noc::Take example() {
  return {ipc::noc::Stream::metrics, 4'096};
}
template <>
inline ipc::noc::Arrived example() {
  return {ipc::noc::Stream::audit, 77};
}
template <>
inline ipc::noc::Orders example() {
  return {{1, 2, 3}, true};
}
template <>
inline ipc::noc::Image example() {
  return {std::string(64, 'a'), 3u << 20};
}
template <>
inline ipc::noc::ImagePiece example() {
  return {3u << 20, 150u << 20, {1, 2, 3}};
}
template <>
inline ipc::op::InstallOrder example() {
  return {{"first", "clinic_admin", "10.19.1.100", "s1"}, "after hours", "2026.12", std::string(64, 'a')};
}
template <>
inline ipc::noc::Told example() {
  return {ipc::noc::Trouble{ErrorCode::noc_refused}, std::chrono::milliseconds(1'700'000'000'000),
          std::chrono::milliseconds(1'700'000'000'250)};
}
template <>
inline ipc::noc::Batch example() {
  return {{{7, {1, 2, 3}}, {8, {}}}};
}
template <>
inline ipc::noc_round::Finished example() {
  return {ipc::noc_round::Trouble{ErrorCode::noc_untrusted, "somebody else answers"}};
}
template <>
inline ipc::op::NocStanding example() {
  return {true, std::chrono::milliseconds(1'700'000'000'000), "noc.untrusted", "somebody else answers"};
}
template <>
inline model::NocOrder example() {
  model::OperationsCentre centre;
  centre.operated_by = "vendor";
  centre.anchors = {{.file = "noc-ca.pem", .pem = "anchors"}};
  centre.figures = {"figures.example", 443, {*model::IpAddress::parse("203.0.113.40")}};
  centre.records = {"records.example", 6514, {}};
  centre.orders = {"orders.pem", "a public key"};
  return {model::Generation(7), "north", centre};
}

}  // namespace gw::examples
