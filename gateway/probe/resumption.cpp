#include "probe/resumption.h"

#include <iterator>

#include "probe/resumption_trials.h"
#include "tls/provider.h"

namespace gw::probe {
namespace {

struct Row {
  std::uint16_t listener;  // a place in kServed
  int version;
  const char* words;
};
constexpr Row kRows[] = {
    {0, TLS1_3_VERSION, "HIGH-13, TLS 1.3"},
    {1, TLS1_3_VERSION, "HIGH-12, TLS 1.3"},
    {1, TLS1_2_VERSION, "HIGH-12, TLS 1.2"},
};

}  // namespace

Result<std::vector<ResumptionTrial>> try_resumption() {
  GW_TRY(tls::install_provider());  // as proxyd does
  GW_TRY(const TrialTenant a, TrialTenant::make("tenant-a"));
  GW_TRY(const TrialTenant b, TrialTenant::make("tenant-b"));
  GW_TRY(const proxy::EditionPtr edition_a, edition_of(a));
  GW_TRY(const proxy::EditionPtr edition_b, edition_of(b));
  std::vector<ResumptionTrial> trials;
  for (const Row& row : kRows) {
    BoxListener at_a(edition_a, row.listener), at_b(edition_b, row.listener);
    GW_TRY(auto made, try_resumption_at({a, b, at_a, at_b, row.version, row.words}));
    trials.insert(trials.end(), std::move_iterator(made.begin()), std::move_iterator(made.end()));
  }
  return trials;
}

}  // namespace gw::probe
