#pragma once

#include <optional>
#include <string>
#include <vector>

#include "support/compartment.h"

namespace gw::bench {

/// A compartment with many sessions at once, each between a terminal and a cloud of its own, all of them
/// played by stock OpenSSL in this process. No limit of the tenant's stands in the way.
class Crowd {
 public:
  struct Session {
    support::TlsPeer terminal;
    support::TlsPeer cloud;
  };
  /// Do all terminals show one certificate, or each its own?
  enum class Certificates { one, own };

  Crowd();
  /// Nothing of a tenant's limits stands in the way from now on.
  static void lift_limits(support::Compartment& box);

  /// So many more sessions; false if one does not come to stand.
  bool open(std::size_t count, Certificates certificates = Certificates::one);
  Session& operator[](std::size_t i) { return sessions_[i]; }
  std::size_t size() const { return sessions_.size(); }

  /// Steps one session's ends and the box until it holds.
  bool until(Session& session, const std::function<bool()>& holds);
  /// The text crosses and comes back.
  bool carries(Session& session, const std::string& text);
  /// Both sides close in order.
  bool close(Session& session);
  /// Lets everybody be quiet for so long that buffers are given back.
  void rest();

  support::Compartment box;

 private:
  std::optional<Session> open_one(Certificates certificates);

  std::vector<Session> sessions_;
  std::optional<support::TlsPeer> terminal_model_, cloud_model_;  // whose TLS set-up the others share
};

/// Lets this process have as many descriptors as it may; how many that is.
std::size_t raise_descriptor_limit();

}  // namespace gw::bench
