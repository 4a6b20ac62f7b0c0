#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace gw::store {

/// What a file system has left for whoever is not root, in octets. system.call_failed.
Result<std::uint64_t> room_left(const std::string& folder);

/// Room that is set aside on a disk, so that something can be written yet when the disk is full (LOG-03): a
/// file of that size in a folder, with its blocks. Outlives the process. One thread.
class Reserve {
 public:
  enum class State : std::uint8_t { whole, spent };

  /// Takes over what a former run left, or sets it aside; it is spent if there is no room for it.
  Reserve(std::string folder, std::uint64_t octets, const std::string& name = "reserve");

  State state() const { return state_; }
  std::uint64_t octets() const { return octets_; }
  /// Gives the room to whoever writes next.
  Result<> release();
  /// Sets it aside once more, if as much again is left beside it: otherwise it would be spent at once.
  void set_aside();

 private:
  Result<> take(std::uint64_t octets) const;

  std::string folder_, place_;
  std::uint64_t octets_;
  State state_ = State::spent;
};

}  // namespace gw::store
