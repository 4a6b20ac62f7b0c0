#include "spool/classes.h"

#include <iterator>

namespace gw::spool {
namespace {

struct Row {
  std::string_view text;
  std::uint64_t mib;
  Keeping keeping;
  std::chrono::hours thin_after;
};

constexpr Row kRows[] = {
#define GW_SPOOL_CLASS(name, text, mib, keeping, thin_hours) \
  {text, mib, Keeping::keeping, std::chrono::hours(thin_hours)},
#include "spool/classes.def"
#undef GW_SPOOL_CLASS
};

static_assert(std::size(kRows) == kClasses);

const Row& row(Class of) { return kRows[static_cast<std::size_t>(of)]; }

}  // namespace

std::string_view to_string(Class of) { return row(of).text; }
Keeping keeping_of(Class of) { return row(of).keeping; }
std::chrono::milliseconds thin_after(Class of) { return row(of).thin_after; }

Budgets usual_budgets() {
  Budgets out{};
  for (std::size_t i = 0; i < kClasses; ++i) out[i] = kRows[i].mib << 20;
  return out;
}

}  // namespace gw::spool
