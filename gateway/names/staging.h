#pragma once

#include <map>
#include <optional>

#include "ipc/messages/control_compartment.h"
#include "names/doors.h"

namespace gw::names {

/// What the supervisor has handed over of a generation that is not in force yet: the table, and the sockets
/// it speaks of, in any order.
class Staging {
 public:
  /// What came of another generation before is forgotten.
  void take_table(const ipc::Frame& frame, model::Generation generation);
  void take_socket(const ipc::compartment::StagedSocket& staged, UniqueFd socket);
  /// Everything is there: each view's addresses with both sockets, and nothing else.
  Result<> check(model::Generation generation) const;
  /// Only after a check() that went well. The staging is empty afterwards.
  Doors take(model::Generation generation);
  void forget();
  model::Generation generation() const { return generation_; }

 private:
  struct Sockets {
    UniqueFd udp{}, tcp{};
  };
  void begin(model::Generation generation);

  model::Generation generation_{};
  std::optional<model::NameTable> table_{};
  std::map<model::IpAddress, Sockets> sockets_{};
  std::optional<Error> flaw_{};
};

}  // namespace gw::names
