#pragma once

#include <list>
#include <vector>

#include "base/clock.h"
#include "model/address.h"
#include "names/doors.h"

namespace gw::names {

/// One terminal that asks over TCP (RFC 7766): questions with their length in front, answered one after the
/// other. Bounded in what it holds, how long it is silent and how long it lasts.
class Connection {
 public:
  Connection(UniqueFd fd, const model::IpAddress& peer, ZonesPtr zones, Instant now);

  int fd() const { return fd_.get(); }
  const model::IpAddress& peer() const { return peer_; }
  /// What of poll(2) it waits for: it reads nothing more before its answer is out.
  short awaits() const;
  /// Goes on as far as the socket lets it. False when it is over: by the peer, by a fault, or by time.
  bool go_on(Instant now);
  bool late(Instant now) const { return now >= silent_until_ || now >= ends_; }
  Instant silent_until() const { return silent_until_; }

 private:
  enum class Step : std::uint8_t { more, wait, over };
  Step step();
  Step read_some();
  Step write_some();
  /// Turns the question at the front into an answer, if it is whole.
  Step answer_one();

  UniqueFd fd_;
  model::IpAddress peer_;
  ZonesPtr zones_;
  std::vector<std::uint8_t> in_{};
  std::vector<std::uint8_t> out_{};  ///< never more than one answer
  std::size_t sent_ = 0;
  Instant silent_until_;
  Instant ends_;
};

/// All of them, so many at once and of one source. When there is no room, whoever has been silent longest
/// goes (RFC 7766 6.2.3).
class Connections {
 public:
  /// Takes what waits at the door.
  void accept_from(const Door& door, Instant now);
  /// Lets everybody go on and ends who is late.
  void go_on(Instant now);
  const std::list<Connection>& all() const { return all_; }

 private:
  void make_room(const model::IpAddress& peer);
  std::list<Connection> all_;
};

}  // namespace gw::names
