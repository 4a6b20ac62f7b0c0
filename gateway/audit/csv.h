#pragma once

#include <string>
#include <string_view>

namespace gw::audit {

// Records as a table that Excel in Japan opens as it is (base/csv.h). A column for each field there is
// (base/events.def). Proves nothing: that is what the chain as text is for (audit/chain_text.h).

/// The byte order mark and the names of the columns.
std::string csv_head();
/// A record's line (audit/line.h) as a row. What is no such line stands as it is in the last column, and so
/// does what a later version put into one.
std::string csv_row(std::string_view line);

}  // namespace gw::audit
