#pragma once

#include "ipc/messages/changes.h"
#include "ipc/messages/control_records.h"
#include "unit/ipc/message_examples.h"

// Of the messages about changes of the configuration.

namespace gw::examples {

template <>
inline ipc::control_records::Standing example() {
  return {model::ChangeNumber(3), model::ChangeNumber(2), model::ChangeNumber(1)};
}
template <>
inline ipc::control_records::Look example() {
  return {model::ChangeNumber(3)};
}
template <>
inline ipc::control_records::Put example() {
  return {model::ChangeNumber(3), std::chrono::seconds(180)};
}
template <>
inline ipc::control_records::Wait example() {
  return {model::ChangeNumber(3), std::chrono::seconds(60)};
}
template <>
inline ipc::control_records::Keep example() {
  return {model::ChangeNumber(3), true};
}
template <>
inline ipc::control_records::Claim example() {
  return {true};
}
template <>
inline ipc::control_records::Back example() {
  return {model::ChangeNumber(3)};
}
template <>
inline ipc::control_records::Carried example() {
  return {ipc::control_records::Msg::put,
          model::ChangeNumber(3),
          ipc::control_records::Refusal{ErrorCode::publication_refused, "proxyd"},
          true,
          false,
          model::Generation(8),
          12,
          3};
}
template <>
inline ipc::changes::Stage example() {
  return {"hanako", "a new desk", model::ChangeNumber(6)};
}
template <>
inline ipc::changes::Copy example() {
  return {"hanako", "as before", model::ChangeNumber(5)};
}
template <>
inline ipc::changes::Act example() {
  return {"hanako", "not wanted", model::ChangeNumber(7)};
}
template <>
inline ipc::changes::Put example() {
  return {"hanako", model::ChangeNumber(7), std::chrono::seconds(180)};
}
template <>
inline ipc::changes::Confirm example() {
  return {"hanako", "k7mh-x2pq-aaaa-bbbb"};
}
template <>
inline ipc::changes::Extend example() {
  return {"hanako", std::chrono::seconds(60)};
}
template <>
inline ipc::changes::Find example() {
  return {model::ChangeNumber(7)};
}
template <>
inline ipc::changes::History example() {
  return {20};
}
template <>
inline ipc::changes::Staged example() {
  return {model::ChangeNumber(7)};
}
template <>
inline ipc::changes::Change example() {
  return {model::ChangeNumber(7),
          model::ChangeState::applied,
          model::ChangeNumber(6),
          "hanako",
          "10.1.0.9",
          "a new desk",
          std::chrono::microseconds(1'764'000'000'000'000),
          {1, 2, 3},
          true,
          true,
          "taro",
          std::chrono::seconds(180),
          std::chrono::microseconds(1'764'000'180'000'000),
          model::Generation(9),
          4,
          1,
          "",
          std::chrono::microseconds(0),
          ""};
}
template <>
inline ipc::changes::PutInForce example() {
  return {"k7mh-x2pq-aaaa-bbbb",
          {model::ChangeNumber(7),
           model::ChangeState::applied,
           model::ChangeNumber(6),
           "hanako",
           "10.1.0.9",
           "a new desk",
           std::chrono::microseconds(1'764'000'000'000'000),
           {1, 2, 3},
           true,
           true,
           "taro",
           std::chrono::seconds(180),
           std::chrono::microseconds(1'764'000'180'000'000),
           model::Generation(9),
           4,
           1,
           "",
           std::chrono::microseconds(0),
           ""}};
}
template <>
inline ipc::changes::Changes example() {
  return {{{model::ChangeNumber(7),
            model::ChangeState::applied,
            model::ChangeNumber(6),
            "hanako",
            "10.1.0.9",
            "a new desk",
            std::chrono::microseconds(1'764'000'000'000'000),
            {1, 2, 3},
            true,
            true,
            "taro",
            std::chrono::seconds(180),
            std::chrono::microseconds(1'764'000'180'000'000),
            model::Generation(9),
            4,
            1,
            "",
            std::chrono::microseconds(0),
            ""}}};
}
template <>
inline ipc::changes::Refused example() {
  return {ErrorCode::change_stale, "change 6"};
}

}  // namespace gw::examples
