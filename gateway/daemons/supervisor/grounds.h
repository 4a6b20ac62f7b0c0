#pragma once

#include <optional>
#include <string>

#include "base/fd.h"
#include "base/result.h"
#include "topology.h"

namespace gw::supervisor {

/// The network namespaces the box stands on. They are pinned beneath the run directory, so that they, their
/// interfaces and their rules outlive every process, the supervisor too: a box that died is a closed box
/// (W7).
class Grounds {
 public:
  /// lan, wan and mgmt as a former run left them in `folder`, or fresh ones, each told not to forward, not to
  /// be redirected and not to configure itself (ISO-01). `folder` is made if it is missing.
  static Result<Grounds> make(const std::string& folder);
  /// The caller's own namespace in the place of all three; nothing in it is changed.
  static Result<Grounds> here();

  /// The rules in these namespaces are ours.
  bool owned() const { return origin_ != Origin::foreign; }
  /// A former run left at least one of them, perhaps with interfaces in it.
  bool inherited() const { return origin_ == Origin::inherited; }
  /// Each is pinned, so that its rules need no process (W7).
  bool outlive_us() const;
  /// Nothing for Ground::none: that one is made with the process.
  std::optional<int> network(Ground ground) const;

 private:
  enum class Origin : std::uint8_t { foreign, fresh, inherited };

  UniqueFd own_, lan_, wan_, mgmt_;
  Origin origin_ = Origin::foreign;
  std::string folder_;
};

}  // namespace gw::supervisor
