#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "net/repairs.h"
#include "net/rule_listing.h"
#include "net/rule_text.h"

struct nft_ctx;

namespace gw::net {

/// libnftables in this process, bound to the network namespace it was opened in. Opening reads the library's
/// name tables, so open it before the walls are up; afterwards it needs its netlink socket alone.
class RuleLoader {
 public:
  static Result<RuleLoader> open();

  /// Makes the namespace hold these rules and no others. What differs is named, and then, or without a
  /// reference, all of it is loaded in one transaction and read back; otherwise nothing is written.
  /// net.rules_refused with the library's words leaves the rules before in force; net.apply_failed if the
  /// kernel shows something else in the end.
  /// \param reference the skeleton that settling the same rules returned before
  /// \return the skeleton of the listing
  Result<std::string> settle(const RuleSet& rules, const std::optional<std::string>& reference,
                             Repairs& repairs);

 private:
  struct Free {
    void operator()(nft_ctx* context) const;
  };
  explicit RuleLoader(nft_ctx* context) : context_(context) {}
  Result<std::string> run(const std::string& commands);
  Result<RuleListing> list(const RuleSet& rules);

  std::unique_ptr<nft_ctx, Free> context_;
};

}  // namespace gw::net
