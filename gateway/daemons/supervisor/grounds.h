#pragma once

#include <optional>

#include "base/fd.h"
#include "base/result.h"
#include "topology.h"

namespace gw::supervisor {

/// The network namespaces the box stands on. Unnamed: they vanish with the supervisor and its children.
class Grounds {
 public:
  /// Fresh ones for lan, wan and mgmt, each told not to forward, not to be redirected and not to configure
  /// itself (ISO-01).
  static Result<Grounds> make();
  /// The caller's own namespace in the place of all three; nothing in it is changed.
  static Result<Grounds> here();

  /// The rules in these namespaces are ours.
  bool owned() const { return owned_; }
  /// Nothing for Ground::none: that one is made with the process.
  std::optional<int> network(Ground ground) const;

 private:
  UniqueFd own_, lan_, wan_, mgmt_;
  bool owned_ = false;
};

}  // namespace gw::supervisor
