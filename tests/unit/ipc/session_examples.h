#pragma once

#include "ipc/messages/control_compartment.h"
#include "ipc/messages/operator.h"
#include "unit/ipc/message_examples.h"

// Of the messages about the sessions that stand.

namespace gw::examples {

inline model::Effect effect() {
  return {42, 3, {{"clinic-a", "ct-1", "pacs", model::CloseReason::rule_removed, 3}}, {"clinic-b"}};
}
inline model::SessionRow session_row() {
  return {.session = model::SessionId(7),
          .tenant = "clinic-a",
          .source = endpoint(),
          .terminal = "ct-1",
          .service = "pacs",
          .rule = "images",
          .began = std::chrono::milliseconds(1'700'000'000'000),
          .bytes_up = 5,
          .bytes_down = 6};
}
template <>
inline model::Effect example() {
  return effect();
}
template <>
inline model::SessionRoll example() {
  return {{session_row()}, true, {"clinic-b"}};
}
template <>
inline ipc::compartment::ListSessions example() {
  return {1, model::SessionId(7)};
}
template <>
inline ipc::compartment::Sessions example() {
  return {1, {session_row()}, true};
}
template <>
inline ipc::compartment::EndSession example() {
  return {1, model::SessionId(7)};
}
template <>
inline ipc::compartment::Ended example() {
  return {1, true};
}
template <>
inline ipc::compartment::Rehearse example() {
  return {1};
}
template <>
inline ipc::compartment::Rehearsed example() {
  return {1, effect()};
}
template <>
inline ipc::op::EndConnection example() {
  return {"clinic-a", model::SessionId(7)};
}

}  // namespace gw::examples
