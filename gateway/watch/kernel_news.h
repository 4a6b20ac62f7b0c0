#pragma once

#include <map>
#include <string>

#include "base/fd.h"
#include "base/result.h"

namespace gw::watch {

/// The kernel's word that something of this network namespace changed: links, addresses, routes, neighbours
/// that were set by hand, forwarding and redirect settings, nftables rules. Says that, not what: whoever must
/// know looks at the kernel itself. Opening needs CAP_NET_ADMIN in the namespace, reading nothing. Not
/// thread-safe.
class KernelNews {
 public:
  static Result<KernelNews> open();
  int routing_fd() const { return routing_.get(); }
  int rules_fd() const { return rules_.get(); }
  int neighbours_fd() const { return neighbours_.get(); }

  /// Takes in what waits. True if there was anything, or so much that some was lost.
  bool read();
  /// The interface's name, or its number as text if none was told.
  std::string link_name(unsigned number) const;

 private:
  KernelNews(UniqueFd routing, UniqueFd rules, UniqueFd neighbours)
      : routing_(std::move(routing)), rules_(std::move(rules)), neighbours_(std::move(neighbours)) {}
  bool read_from(int fd);
  void learn_names(const char* data, std::size_t size);

  UniqueFd routing_;
  UniqueFd rules_;
  UniqueFd neighbours_;
  std::map<unsigned, std::string> names_;
};

}  // namespace gw::watch
