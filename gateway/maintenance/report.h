#pragma once

#include <string>
#include <vector>

#include "base/language.h"
#include "maintenance/request.h"

namespace gw::maintenance {

/// What was planned held against what was done (RMT-04): 保守作業報告書. A value for one maintenance.
struct Report {
  struct Row {
    Step step{};
    std::vector<Act> acts{};  ///< that carried it out, or tried to
  };
  Request request{};
  std::vector<Row> done{};         ///< planned and done
  std::vector<Row> not_done{};     ///< planned, and not done or not known to be
  std::vector<Act> not_planned{};  ///< done or begun without having been planned

  bool is_as_planned() const { return not_done.empty() && not_planned.empty() && request.denied == 0; }
};

/// Each act carries out a step of its work: the first one that no act has carried out yet. So what was done
/// more often than it was planned was not planned.
Report report_on(const Request& request, const std::vector<Act>& acts);

/// As text for people, times as Japan has them.
std::string text_of(const Report& report, Language language);

}  // namespace gw::maintenance
