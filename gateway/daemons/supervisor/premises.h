#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "clock_watch.h"
#include "grounds.h"
#include "held_lease.h"
#include "journal.h"
#include "loop.h"
#include "rule_listings.h"

namespace gw::supervisor {

/// The program files, opened once, so that a restart starts what was there at the beginning.
class Programs {
 public:
  static Result<Programs> open(const std::string& folder, bool with_kernel_rules);
  int file(const Role& role) const { return files_[static_cast<std::size_t>(&role - roles().data())].get(); }
  /// What the DHCP client runs with what it learnt.
  int lease_reader() const { return lease_reader_.get(); }

 private:
  UniqueFd lease_reader_;
  std::vector<UniqueFd> files_;
};

/// What all parts of the supervisor share. Outlives them.
struct Premises {
  const Clock& clock;
  ClockWatch& clock_watch;  ///< may civil time be believed?
  Loop& loop;               ///< what is answered at once
  Loop& records;            ///< log channels: read now and then, many records together
  Journal& journal;
  const Grounds& grounds;
  const Programs& programs;
  RuleListings& listings;
  HeldLeasePtr& lease;  ///< what the Internet's side borrows now; null: nothing
};

}  // namespace gw::supervisor
