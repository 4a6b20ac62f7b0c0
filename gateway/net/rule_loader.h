#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "net/rule_text.h"

struct nft_ctx;

namespace gw::net {

/// libnftables in this process, bound to the network namespace it was opened in. Opening reads the library's
/// name tables, so open it before the walls are up; afterwards it needs its netlink socket alone.
class RuleLoader {
 public:
  static Result<RuleLoader> open();

  /// Puts the rules in force in one transaction and reads them back. net.rules_refused with the library's
  /// words leaves the rules before in force; net.apply_failed if the kernel shows something else.
  Result<> load(const RuleSet& rules);

 private:
  struct Free {
    void operator()(nft_ctx* context) const;
  };
  explicit RuleLoader(nft_ctx* context) : context_(context) {}
  Result<std::string> run(const std::string& commands);

  std::unique_ptr<nft_ctx, Free> context_;
};

}  // namespace gw::net
