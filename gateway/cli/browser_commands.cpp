#include <algorithm>

#include "base/check.h"
#include "browsers/settings.h"
#include "cli/commands.h"
#include "cli/configuration_file.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/texts.h"
#include "model/snapshot.h"

namespace gw::cli {

int browser_settings(const Call& call) {
  int code = kOk;
  const auto configuration = usable(call.files[0], call.language, code);
  if (!configuration) return code;
  const auto tenant = std::ranges::find(configuration->tenants, call.files[1], &model::Tenant::name);
  if (tenant == configuration->tenants.end()) {
    complain(said(call.language, Text::browser_no_tenant, {call.files[0], call.files[1]}));
    return kInputMissing;
  }
  const auto doors = model::proxy_doors_of(*tenant);
  if (doors.empty()) {
    complain(said(call.language, Text::browser_no_door, {tenant->name}));
    return kFailed;
  }
  const auto sheet = std::ranges::find(browsers::sheets(), call.told_as, &browsers::Sheet::name);
  GW_CHECK(sheet != browsers::sheets().end(), "the option's choices are the sheets");
  print(sheet->make(doors, browsers::pac_url_of(*tenant)));
  return kOk;
}

}  // namespace gw::cli
