#pragma once

#include <vector>

#include "control/box_sight.h"
#include "evidence/files.h"
#include "incidents/notice.h"

namespace gw::control::web {

/// The records that are frozen: from the first on, up to the last there is (INC-03).
struct Extent {
  std::uint64_t first = 0, last = 0;
  CivilTime from{};
};
inline constexpr std::size_t kMostFrozen = 32u << 20;  ///< octets of their text

/// What goes into frozen evidence beside what the box states about itself: the records as they were chained,
/// the configurations that were in force since `from`, the last proof of isolation, the certificates, the
/// incident, drafts of its notices, and who froze all that. incident.span_too_large; store.*.
Result<std::vector<evidence::File>> freeze_files(const WebAsk& ask, const WebAround& around,
                                                 const BoxSight& sight, const incidents::Incident& incident,
                                                 const Extent& extent);
/// What the box knows for drafts besides the incident: its site, and who is reached how (INC-04). store.*.
Result<incidents::Known> known_for_drafts(const WebAround& around);

}  // namespace gw::control::web
