#include "model/finding.h"

#include <array>

#include "base/text.h"

namespace gw::model {
namespace {

struct Row {
  std::string_view id;
  Consequence consequence;
  std::string_view advice;
};

constexpr auto kFindings = std::to_array<Row>({
#define GW_FINDING(name, id, consequence, advice) {id, Consequence::consequence, advice},
#include "model/findings.def"
#undef GW_FINDING
});

constexpr bool all_fit() {
  for (const Row& row : kFindings)
    if (row.advice.size() > kForeignTextLimit) return false;
  return true;
}
static_assert(all_fit(), "an advice is one field of a record");

const Row& row_of(Finding finding) { return kFindings[static_cast<std::size_t>(finding)]; }

}  // namespace

std::string_view to_string(Finding finding) { return row_of(finding).id; }
Consequence consequence_of(Finding finding) { return row_of(finding).consequence; }
std::string_view advice_of(Finding finding) { return row_of(finding).advice; }
Finding last_finding() { return static_cast<Finding>(kFindings.size() - 1); }

}  // namespace gw::model
