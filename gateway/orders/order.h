#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/configuration.h"

namespace gw::orders {

/// The configuration shall be this one.
struct Proposal {
  std::string base{};           ///< SHA-256 in hex of the confirmed change that it was written for
  std::string configuration{};  ///< as somebody would write it; not kept with the order
};
/// Certificates of a terminal count no more (CRT-04).
struct Revocation {
  std::string tenant{}, terminal{};
  std::string certificate{};  ///< SHA-256 in hex of the one; empty: all that it has
};
/// A support file is asked for.
struct BundleRequest {
  std::vector<std::string> scopes{};
  std::uint32_t hours = 24;
};
/// There is a newer image of the box.
struct UpdateOffer {
  std::string version{};
  std::string sha256{};  ///< of the bundle, in hex
};

/// An order that was given before counts no more, if the box has not carried it out.
struct Withdrawal {
  std::string order{};  ///< the id
};

enum class Kind : std::uint8_t { change, revoke, bundle, update, withdraw };  // as in Order::wanted
std::string_view to_string(Kind kind);

/// What the operations centre wants of one box, once: a small document that the vendor has signed.
struct Order {
  /// So long one counts at the most.
  static constexpr std::chrono::hours kMostLife{31 * 24};

  std::string id{};   ///< of a-z, 0-9 and hyphens; no box takes one twice
  std::string box{};  ///< the box's site, as its configuration calls it
  std::string reason{};
  model::CivilSeconds issued{0}, expires{0};
  std::variant<Proposal, Revocation, BundleRequest, UpdateOffer, Withdrawal> wanted{};

  Kind kind() const { return static_cast<Kind>(wanted.index()); }
};

/// What becomes of one that was taken.
enum class State : std::uint8_t {
  under_way,  ///< the box is at it
  waits,      ///< for the clinic's consent
  done,
  declined,  ///< by the clinic
  expired,   ///< nobody consented in time
  failed,
  withdrawn,  ///< by the operations centre
};
inline constexpr std::size_t kStates = 7;
std::string_view to_string(State state);
inline bool is_over(State state) { return state >= State::done; }

}  // namespace gw::orders
