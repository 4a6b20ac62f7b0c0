#pragma once

#include <string>
#include <vector>

#include "evidence/finding.h"

namespace gw::evidence {

/// A sheet that people fill in and sign, made of what the configuration, the records and vendors' papers say:
/// a consent, a questionnaire, a report. It judges nothing.
struct Form {
  std::string id{};  ///< is_file_name(); the file is `form-ID.html`
  Words title{};
  std::vector<Words> says{};
  Table table{};
  std::string text{};           ///< lines, printed as they are
  std::vector<Words> blanks{};  ///< each a box to write into
  std::vector<Source> sources{};
};

}  // namespace gw::evidence
