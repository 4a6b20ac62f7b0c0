#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/text.h"
#include "model/layout.h"

namespace gw::model {

/// Whether the box shall forget everything for good, since it is thrown away, sent back or handed on
/// (DSP-01). An administrator proposes it and an approver agrees, or the other way round.
struct DisposalState {
  struct Proposal {
    std::string by{};
    std::string reason{};
    std::chrono::milliseconds at{0};     ///< since 1970, UTC
    std::chrono::milliseconds until{0};  ///< nobody agrees to it, or withdraws it, afterwards
  };

  /// Whether somebody has to press the box's button, once it was agreed to: who has taken over what knows the
  /// two persons has not come to the box by that.
  enum class Button : std::uint8_t { none, needed, pressed };

  bool is_possible = false;  ///< the box is an appliance, whose state can be erased
  std::optional<Proposal> proposal{};
  std::string agreed_by{};  ///< not empty: the box erases itself when `until` has come
  Button button = Button::none;
};

template <class Io>
void visit(Io& io, DisposalState::Proposal& p) {
  io.text(p.by, kForeignTextLimit);
  io.text(p.reason, kForeignTextLimit);
  io.field(p.at);
  io.field(p.until);
}
template <class Io>
void visit(Io& io, DisposalState& s) {
  io.field(s.is_possible);
  io.maybe(s.proposal);
  io.text(s.agreed_by, kForeignTextLimit);
  io.choice(s.button, DisposalState::Button::pressed);
}

}  // namespace gw::model
