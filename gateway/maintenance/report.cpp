#include "maintenance/report.h"

#include <algorithm>

namespace gw::maintenance {

Report report_on(const Request& request, const std::vector<Act>& acts) {
  std::vector<Report::Row> rows;
  for (const Step& step : request.draft.plan) rows.push_back({step, {}});
  Report out{request, {}, {}, {}};
  const auto is_carried_out = [](const Report::Row& row) {
    return std::ranges::any_of(row.acts, [](const Act& act) { return act.is_done == true; });
  };
  for (const Act& act : acts) {
    const auto row = std::ranges::find_if(
        rows, [&](const auto& one) { return one.step.work == act.work && !is_carried_out(one); });
    if (row == rows.end())
      out.not_planned.push_back(act);
    else
      row->acts.push_back(act);
  }
  for (Report::Row& row : rows) (is_carried_out(row) ? out.done : out.not_done).push_back(std::move(row));
  return out;
}

}  // namespace gw::maintenance
