#pragma once

#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "ipc/channel.h"

namespace gw::ipc {

enum class Times : std::uint8_t { once, many };

/// Which message a peer may send, in which phase, how often, and how many descriptors come with it.
/// A table of these per direction stands in each header of ipc/messages.
struct Permit {
  std::uint16_t type;
  std::uint8_t phase;
  Times times;
  std::uint8_t fds;
};

/// Holds a peer to its table. A message outside its phase, a repeated once-message or a wrong number of
/// descriptors is channel.out_of_phase: end the channel.
class Conversation {
 public:
  explicit Conversation(std::span<const Permit> permits) : permits_(permits), used_(permits.size(), false) {}

  template <class Phase>
  void enter(Phase phase) {
    phase_ = static_cast<std::uint8_t>(phase);
  }
  Result<> accept(const Frame& frame);

 private:
  std::span<const Permit> permits_;
  std::vector<bool> used_;
  std::uint8_t phase_ = 0;
};

template <class Type>
constexpr std::uint16_t type_number(Type type) {
  static_assert(std::is_enum_v<Type>);
  return static_cast<std::uint16_t>(type);
}

template <class Type, class Phase>
constexpr Permit permit(Type type, Phase phase, Times times, std::uint8_t fds = 0) {
  return {type_number(type), static_cast<std::uint8_t>(phase), times, fds};
}

}  // namespace gw::ipc
