#pragma once

#include <optional>
#include <thread>
#include <vector>

#include "control/keeper.h"

namespace gw::component {

/// A keeper in a thread of its own, and the supervisor's part played: records are sent as the supervisor
/// does, no more than so many under way, and all that the keeper answers is looked at. Wants no answer for
/// half a minute: throws.
class SupervisorPlayed {
 public:
  SupervisorPlayed(const std::string& folder, std::uint64_t reserve);
  ~SupervisorPlayed();

  /// Sends records until the keeper says that, and looks only once all that can be is sent.
  void send_until(ipc::control_records::Room wanted);
  /// Waits until all that was sent is on the disk.
  void wait_until_kept();
  /// The keeper's end, and what it said of it.
  Result<> end();

  std::uint64_t sent() const { return sent_; }
  std::uint64_t kept() const { return kept_; }
  std::optional<ipc::control_records::Room> room() const { return room_; }
  /// Ids of the events that the keeper told, so far.
  std::vector<std::string> events();

 private:
  bool send_some();
  void hear_next();
  bool hear();

  ipc::Channel channel_, log_;
  Result<> ended_ = Done{};
  std::thread thread_;
  std::uint64_t sent_ = 0, kept_ = 0;
  std::optional<ipc::control_records::Room> room_{};
  std::vector<std::string> events_{};
};

}  // namespace gw::component
